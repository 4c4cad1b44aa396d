/**
 * The upstream, as a process of its own, so that its load is not that of the clients. Obeys its
 * parent's words and ends when that is gone.
 */
import { startSimulatedOllama } from "../simulated-ollama/server.ts";
import { startFront } from "./front.ts";
import { MODELS } from "./models.ts";
import type { Order, Report } from "./upstream.ts";

/** A token every 7 ms, so that an answer takes a third of a second. */
const PACE = 0.1;

/** Answers at once per model, as Ollama's OLLAMA_NUM_PARALLEL. */
const PARALLEL = 4;

const ollama = startSimulatedOllama({ pace: PACE, parallel: PARALLEL, models: MODELS });
const front = await startFront(ollama.port);

function report(): void {
  const said: Report = { port: front.port, open: front.open() };
  process.send?.(said);
}

process.on("disconnect", () => process.exit(0));
process.on("message", (order: Order) => {
  void (async () => {
    if (order === "refuse") front.refuse();
    if (order === "accept") await front.accept();
    report();
  })();
});
report();
