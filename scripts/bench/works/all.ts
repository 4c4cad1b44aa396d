import { chunkLatency } from "./chunk-latency.ts";
import { firstChunks } from "./first-chunk.ts";
import { gaps } from "./gaps.ts";
import { growthWithModels, growthWithPieces } from "./growth.ts";
import { memory } from "./memory.ts";
import { smallChats } from "./small-chats.ts";
import { start } from "./start.ts";
import { chatChunks, unmeasuredChunks } from "./streamed-chunks.ts";
import type { Work } from "./work.ts";

/** Done in every round, through each proxy in turn. */
export const EVERY_ROUND: readonly Work[] = [
  chatChunks,
  unmeasuredChunks,
  chunkLatency,
  smallChats,
  ...firstChunks,
  ...gaps,
];

/** Done once: figures of ours that have no peer, or do not vary. */
export const ONCE: readonly Work[] = [start, memory, growthWithModels, growthWithPieces];
