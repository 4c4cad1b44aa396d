import {
  type SimulatedOllama,
  type SimulatedOllamaOptions,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";

/** A simulated Ollama that waits for nothing, and ends with its test. */
export function startOllama(
  options: SimulatedOllamaOptions = {},
): SimulatedOllama & AsyncDisposable {
  const ollama = startSimulatedOllama({ pace: 0, ...options });
  return { ...ollama, [Symbol.asyncDispose]: ollama.stop };
}
