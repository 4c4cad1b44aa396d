import type { Exchange } from "../exchange.ts";
import type { Piece, ToolCall } from "../piece.ts";
import { writeNamedEvent } from "../reply.ts";

/** A part of a message. */
export type Block =
  | { readonly type: "thinking"; readonly thinking: string }
  | { readonly type: "text"; readonly text: string }
  | {
      readonly type: "tool_use";
      readonly id: string;
      readonly name: string;
      readonly input: unknown;
    };

export function blocksOf({ thinking, content, toolCalls = [] }: Piece): Block[] {
  return [
    ...(thinking ? [{ type: "thinking" as const, thinking }] : []),
    ...(content ? [{ type: "text" as const, text: content }] : []),
    ...toolCalls.map(toolUse),
  ];
}

/** What one token shows; each shows one thing at most. */
export function blockOf(piece: Piece): Block | undefined {
  return blocksOf(piece)[0];
}

function toolUse({ id, function: { name, arguments: input } }: ToolCall): Block {
  return { type: "tool_use", id, name, input };
}

export interface BlockWriter {
  /** Begins a new part where the kind changes. */
  write(block: Block): Promise<void>;
  /** Ends the part that is open. */
  close(): Promise<void>;
}

/** Writes the parts of a message as a stream's events. */
export function createBlockWriter(exchange: Exchange): BlockWriter {
  let index = 0;
  let open: Block["type"] | undefined;
  const close = async (): Promise<void> => {
    if (open === undefined) return;
    await writeNamedEvent(exchange, { type: "content_block_stop", index: index++ });
    open = undefined;
  };
  return {
    async write(block) {
      if (block.type !== open) {
        await close();
        open = block.type;
        const content_block = emptied(block);
        await writeNamedEvent(exchange, { type: "content_block_start", index, content_block });
      }
      const delta = deltaOf(block);
      await writeNamedEvent(exchange, { type: "content_block_delta", index, delta });
    },
    close,
  };
}

function emptied(block: Block): object {
  if (block.type === "tool_use") return { ...block, input: {} };
  return block.type === "text" ? { ...block, text: "" } : { ...block, thinking: "" };
}

function deltaOf(block: Block): object {
  if (block.type === "thinking") return { type: "thinking_delta", thinking: block.thinking };
  if (block.type === "text") return { type: "text_delta", text: block.text };
  return { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
}
