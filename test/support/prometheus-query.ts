/** What an instant query finds: each sample's labels as PromQL spells them, and its value. */
export type Found = Readonly<Record<string, number>>;

interface Sample {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [time: number, value: string];
}

/**
 * Asks Prometheus for the value of an expression, now or at a Unix time. The result is keyed by the
 * values of the labels that it is grouped by, `""` where there are none.
 */
export async function query(url: string, expression: string, time?: number): Promise<Found> {
  const at = time === undefined ? "" : `&time=${time}`;
  const answer = await fetch(`${url}/api/v1/query?query=${encodeURIComponent(expression)}${at}`);
  const body: { status: string; error?: string; data: { result: Sample[] } } = await answer.json();
  if (body.status !== "success") throw new Error(`${expression}: ${body.error}`);
  return Object.fromEntries(
    body.data.result.map(({ metric, value: [, value] }) => [
      Object.values(metric).join(" "),
      Number(value.replace("Inf", "Infinity")),
    ]),
  );
}

/** Milliseconds. */
const MOST_WAITING = 12_000;
const PAUSE = 50;

/**
 * Waits until an expression has this one value. Prometheus scrapes when it likes and offers no event
 * to wait for, so it is asked again and again; this is the one place where the tests sleep.
 */
export async function untilValue(url: string, expression: string, value: number): Promise<void> {
  const deadline = performance.now() + MOST_WAITING;
  for (;;) {
    const found = Object.values(await query(url, expression));
    if (found.length === 1 && found[0] === value) return;
    if (performance.now() > deadline) {
      throw new Error(`${expression} is ${JSON.stringify(found)} and not ${value}`);
    }
    await Bun.sleep(PAUSE);
  }
}
