export interface ToolCall {
  readonly id: string;
  readonly function: {
    readonly index: number;
    readonly name: string;
    readonly arguments: unknown;
  };
}

/** What one token adds to an answer; empty for a token that shows nothing. */
export interface Piece {
  readonly content?: string;
  readonly thinking?: string;
  readonly toolCalls?: readonly ToolCall[];
}

export function isVisible(piece: Piece): boolean {
  return Object.keys(piece).length > 0;
}

/** The pieces of an answer that is not streamed, as one. */
export function joinPieces(pieces: readonly Piece[]): Piece {
  const thinking = pieces.map((piece) => piece.thinking ?? "").join("");
  const toolCalls = pieces.flatMap((piece) => piece.toolCalls ?? []);
  return {
    content: pieces.map((piece) => piece.content ?? "").join(""),
    ...(thinking !== "" && { thinking }),
    ...(toolCalls.length > 0 && { toolCalls }),
  };
}
