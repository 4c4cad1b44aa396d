import { expected } from "./expected.ts";

/** What a process says, while it says it. */
export interface Log {
  /** All of it so far. */
  text(): string;
  /** Resolves with all of it when the process, and every child that shares it, has ended. */
  readonly whole: Promise<string>;
  /** Resolves with the match as soon as it is there; throws if the log ends before. */
  until(pattern: RegExp, what: string): Promise<RegExpExecArray>;
}

export function follow(stream: ReadableStream<Uint8Array<ArrayBuffer>>): Log {
  let text = "";
  let over = false;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const read = async (): Promise<string> => {
    for await (const more of stream.pipeThrough(new TextDecoderStream())) {
      text += more;
      notify();
    }
    over = true;
    notify();
    return text;
  };
  return {
    text: () => text,
    whole: read(),
    async until(pattern, what) {
      for (;;) {
        const match = pattern.exec(text);
        if (match) return match;
        if (over) throw expected(what, "a program that ended without");
        await wake.promise;
      }
    },
  };
}
