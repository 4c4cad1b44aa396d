/** The model of every chat, and what the labels call it. */
export const MODEL = "smoke";
const LABEL = '{model="smoke:latest"}';

/** As Ollama measures an answer: 2 s in all, 12 prompt tokens and 3 generated ones in 0.5 s. */
const FIGURES =
  '"total_duration":2000000000,"load_duration":1000000000,"prompt_eval_count":12,' +
  '"prompt_eval_duration":250000000,"eval_count":3,"eval_duration":500000000';

const HEAD = `{"model":"${MODEL}","created_at":"2026-01-01T00:00:00Z","message":`;

const word = (content: string): string =>
  `${HEAD}{"role":"assistant","content":"${content}"},"done":false}\n`;

/** A streamed answer, a line in each chunk; the last one has the figures. */
export const STREAMED = [
  word("Hello"),
  word(", "),
  word("wörld"),
  `${HEAD}{"role":"assistant","content":""},"done":true,"done_reason":"stop",${FIGURES}}\n`,
] as const;

/** The same in one piece. */
export const WHOLE = `${HEAD}{"role":"assistant","content":"Hello, wörld"},"done":true,"done_reason":"stop",${FIGURES}}`;

/** What nobody looks at on its way. */
export const REFUSED = `{"error":"model '${MODEL}' not found"}`;

/** What the metrics say after one streamed answer and one in one piece. */
export const COUNTED: Readonly<Record<string, number>> = {
  [`ollama_requests_total${LABEL}`]: 2,
  [`ollama_tokens_processed_total${LABEL}`]: 24,
  [`ollama_tokens_generated_total${LABEL}`]: 6,
  [`ollama_response_seconds_count${LABEL}`]: 2,
  [`ollama_response_seconds_sum${LABEL}`]: 4,
  [`ollama_load_duration_seconds_sum${LABEL}`]: 2,
  [`ollama_prompt_eval_duration_seconds_sum${LABEL}`]: 0.5,
  [`ollama_eval_duration_seconds_sum${LABEL}`]: 1,
  [`ollama_tokens_per_second_sum${LABEL}`]: 12,
};
