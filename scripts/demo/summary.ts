/** One line of what a metrics page says, summed over all models. */
export function summary(page: string): string {
  const sum = (name: string, label = ""): number =>
    page
      .split("\n")
      .filter((line) => line.startsWith(`${name}{`) && line.includes(label))
      .reduce((total, line) => total + Number(line.slice(line.lastIndexOf(" ") + 1)), 0);

  const answers = sum("ollama_response_seconds_count");
  const seconds = sum("ollama_response_seconds_sum") / answers;
  const generation = 'phase="generation"';
  const speed =
    sum("ollama_phase_tokens_total", generation) / sum("ollama_phase_seconds_total", generation);
  return [
    `${sum("ollama_requests_total")} requests`,
    `${answers} answers`,
    `${sum("ollama_tokens_processed_total")} prompt tokens`,
    `${sum("ollama_tokens_generated_total")} generated tokens`,
    answers > 0
      ? `${seconds.toFixed(2)} s per answer, ${speed.toFixed(1)} tokens/s`
      : "no answer yet",
  ].join(", ");
}
