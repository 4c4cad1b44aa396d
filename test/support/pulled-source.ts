/** A body that is scripted read by read. */
export interface PulledSource {
  readonly stream: ReadableStream<Uint8Array>;
  /** How often somebody wanted more. */
  reads(): number;
  /** Resolves with the reason when somebody lets it go. */
  readonly cancelled: Promise<unknown>;
}

/** What a read brings: bytes, an error, or nothing for the time being. */
export type Step = string | Error | Promise<unknown>;

/** Brings one step per read, and the end after the last. A promise is waited for before the next step. */
export function pulledSource(steps: readonly Step[]): PulledSource {
  const rest = [...steps];
  let reads = 0;
  const { promise: cancelled, resolve } = Promise.withResolvers<unknown>();
  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        reads++;
        let step = rest.shift();
        while (step instanceof Promise) {
          await step;
          step = rest.shift();
        }
        if (step === undefined) controller.close();
        else if (step instanceof Error) controller.error(step);
        else controller.enqueue(Buffer.from(step));
      },
      cancel: resolve,
    },
    { highWaterMark: 0 },
  );
  return { stream, reads: () => reads, cancelled };
}
