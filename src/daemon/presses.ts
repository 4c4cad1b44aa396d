/** Milliseconds in which a signal is told again to one who has heard it. */
const ECHO_MS = 500;

/**
 * Counts how often somebody has asked for the end. `bun run` and npm pass a Ctrl-C on to the program,
 * which has it from the terminal already (measured with Bun 1.4.5: 0.1 ms later); such an echo of the
 * last signal does not count.
 *
 * @returns a function that is told each signal, and gives the number of those that count
 */
export function createPresses(
  now: () => number = () => performance.now(),
): (signal: NodeJS.Signals) => number {
  let presses = 0;
  let last: NodeJS.Signals | undefined;
  let at = -Infinity;
  return (signal) => {
    if (signal === last && now() - at < ECHO_MS) return presses;
    last = signal;
    at = now();
    return ++presses;
  };
}
