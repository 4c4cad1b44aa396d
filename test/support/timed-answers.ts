/** The last object of an answer, as far as it matters here; nanoseconds. */
interface Final {
  readonly total_duration: number;
  readonly load_duration: number;
  readonly prompt_eval_duration: number;
  readonly eval_duration: number;
}

/** A finished answer as its client saw it; seconds. */
export interface TimedAnswer {
  /** As a label. */
  readonly model: string;
  readonly streamed: boolean;
  /** Until its first line came. */
  readonly first: number;
  readonly total: number;
  readonly load: number;
  readonly prompt: number;
  readonly generation: number;
  readonly queue: number;
}

export interface Ask {
  /** As a label. */
  readonly model: string;
  readonly path: "/api/chat" | "/api/generate";
  readonly stream: boolean;
  readonly keep_alive?: number;
}

const SECOND = 1e9;
const TOKENS = 12;

/** What both APIs read; each leaves the other's question alone. */
export function askBody({ model, stream, keep_alive }: Omit<Ask, "path">): string {
  const prompt = "Why is the sky blue?";
  const messages = [{ role: "user", content: prompt }];
  return JSON.stringify({
    model,
    prompt,
    messages,
    stream,
    keep_alive,
    options: { num_predict: TOKENS },
  });
}

export async function askFor(url: string, ask: Ask): Promise<TimedAnswer> {
  const began = performance.now();
  const answer = await fetch(url + ask.path, { method: "POST", body: askBody(ask) });
  let text = "";
  let first: number | undefined;
  for await (const piece of answer.body!.pipeThrough(new TextDecoderStream())) {
    first ??= (performance.now() - began) / 1000;
    text += piece;
  }
  const final: Final = JSON.parse(text.trimEnd().split("\n").at(-1) ?? "");
  const { total_duration, load_duration, prompt_eval_duration, eval_duration } = final;
  const rest = total_duration - load_duration - prompt_eval_duration - eval_duration;
  return {
    model: ask.model,
    streamed: ask.stream,
    first: first ?? NaN,
    total: total_duration / SECOND,
    load: load_duration / SECOND,
    prompt: prompt_eval_duration / SECOND,
    generation: eval_duration / SECOND,
    queue: rest / SECOND,
  };
}
