/** How long every route is held: a model may load for ten minutes. */
export const LONG_SECONDS = Number(process.env["LONG_SECONDS"] ?? 660);

/**
 * Lets real time pass. The limits of runtimes and proxies are made of it (5 minutes of silence, 10
 * seconds for a head), and their clocks are out of reach: nothing else would show that there is none.
 */
export function pass(seconds: number): Promise<void> {
  return Bun.sleep(seconds * 1000);
}
