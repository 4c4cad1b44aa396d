const MINUTE_MS = 60_000;

/** Lets a message through once a minute at most, with the number of times it was meant. */
export function seldom(tell: (times: number) => void, now = () => performance.now()): () => void {
  let times = 0;
  let quietUntil = -Infinity;
  return () => {
    times++;
    if (now() < quietUntil) return;
    quietUntil = now() + MINUTE_MS;
    tell(times);
    times = 0;
  };
}
