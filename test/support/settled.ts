import type { SimulatedOllama } from "../../scripts/simulated-ollama/server.ts";

/**
 * Resolves when everything that the simulated Ollama has counted is over. It learns that a client
 * has left from its connection, after the exporter does, and offers no event: it is asked for its
 * version until its tally adds up, so each look comes after whatever it had to do before.
 */
export async function settled({ url, tally }: SimulatedOllama): Promise<void> {
  const running = (): boolean =>
    Object.values(tally)
      .flatMap((models) => Object.values(models))
      .some(
        ({ requests, finished, aborted, loads, refused }) =>
          requests > finished + aborted + loads + refused,
      );
  while (running()) await (await fetch(`${url}/api/version`)).text();
}
