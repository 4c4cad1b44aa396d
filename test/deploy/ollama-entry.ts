/** A simulated Ollama as a process of its own: says its URL, and SIGTERM cuts its streams, as with Ollama. */
import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";

const [port = "0"] = process.argv.slice(2);
const [model] = DEFAULT_MODELS;
// It answers for as long as it is asked to; a token every 20 ms or so.
const endless = { ...model, answerTokens: [Infinity, Infinity] } as const;
const ollama = startSimulatedOllama({ port: Number(port), pace: 0.3, models: [endless] });
process.on("SIGTERM", () => process.exit(0));
console.log(ollama.url);
