import { keep, load } from "./loaded.ts";
import type { Model } from "./model.ts";
import type { Piece } from "./piece.ts";
import { createRandom } from "./random.ts";
import type { Simulation } from "./simulation.ts";
import { spend } from "./spend.ts";
import type { Counts } from "./tally.ts";

export interface Job {
  readonly model: Model;
  readonly counts: Counts;
  readonly promptTokens: number;
  readonly pieces: Iterable<Piece>;
  /** Most tokens to generate; may be Infinity. */
  readonly limit: number;
  /** Milliseconds. */
  readonly keepAlive: number;
  readonly seed: number;
}

/** The end of an answer. Durations in whole nanoseconds. */
export interface Figures {
  readonly doneReason: "length" | "stop";
  readonly promptTokens: number;
  readonly generatedTokens: number;
  readonly totalDuration: number;
  readonly loadDuration: number;
  readonly promptEvalDuration: number;
  readonly evalDuration: number;
}

/** The recordings never show less for the shortest prompt: milliseconds. */
const PROMPT_EVAL = 60;
/** What the other durations leave of the total when nothing waits: nanoseconds. */
const OVERHEAD = 1_800_000;

/** Loads the model, waits for a slot and generates; gives each token's piece to `onPiece`. */
export async function run(
  simulation: Simulation,
  job: Job,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void | Promise<void>,
): Promise<Figures> {
  try {
    const figures = await generate(simulation, job, signal, onPiece);
    add(job.counts, figures);
    return figures;
  } catch (error) {
    job.counts.aborted++;
    throw error;
  }
}

async function generate(
  simulation: Simulation,
  job: Job,
  signal: AbortSignal,
  onPiece: (piece: Piece) => void | Promise<void>,
): Promise<Figures> {
  const { model, promptTokens, keepAlive } = job;
  const random = createRandom(job.seed);
  const jitter = (): number => 0.95 + 0.1 * random();
  const started = Bun.nanoseconds();

  const loadDuration = await load(simulation, model, keepAlive, jitter(), signal);
  const leaveSlot = await simulation.slots.take(model.digest, signal);
  try {
    const promptTime = (PROMPT_EVAL + promptTokens * model.speed.promptToken) * jitter();
    const promptEvalDuration = await spend(promptTime, simulation.pace, signal);
    let evalDuration = 0;
    let generatedTokens = 0;
    let doneReason: Figures["doneReason"] = "stop";
    for (const piece of job.pieces) {
      if (generatedTokens === job.limit) {
        doneReason = "length";
        break;
      }
      // The prompt's evaluation brings the first token: `chat-one-token` has no eval_duration.
      if (generatedTokens > 0)
        evalDuration += await spend(model.speed.token * jitter(), simulation.pace, signal);
      generatedTokens++;
      await onPiece(piece);
    }
    const sum = loadDuration + promptEvalDuration + evalDuration;
    const totalDuration = simulation.pace === 0 ? sum + OVERHEAD : Bun.nanoseconds() - started;
    return {
      doneReason,
      promptTokens,
      generatedTokens,
      totalDuration,
      loadDuration,
      promptEvalDuration,
      evalDuration,
    };
  } finally {
    leaveSlot();
    keep(simulation, model, keepAlive);
  }
}

function add(counts: Counts, figures: Figures): void {
  counts.finished++;
  counts.promptTokens += figures.promptTokens;
  counts.generatedTokens += figures.generatedTokens;
  counts.totalDuration += figures.totalDuration;
  counts.loadDuration += figures.loadDuration;
  counts.promptEvalDuration += figures.promptEvalDuration;
  counts.evalDuration += figures.evalDuration;
}
