/** What a metrics page says, as far as it is of interest here. */
export interface Page {
  readonly series: number;
  /** Each the sum over all labels. */
  readonly requests: number;
  /** What became of them. */
  readonly finished: number;
  readonly failed: number;
  readonly inFlight: number;
  readonly answers: number;
  readonly skippedLines: number;
}

export function readPage(text: string): Page {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const sum = (name: string): number =>
    lines
      .filter((line) => line.startsWith(`${name}{`))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);
  return {
    series: lines.length,
    requests: sum("ollama_requests_total"),
    finished: sum("ollama_responses_finished_total"),
    failed: sum("ollama_request_failures_total"),
    inFlight: sum("ollama_requests_in_flight"),
    answers: sum("ollama_response_seconds_count"),
    skippedLines: sum("ollama_exporter_lines_skipped_total"),
  };
}
