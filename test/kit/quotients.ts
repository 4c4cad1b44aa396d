/** What may be divided by what: families that the same requests fed, or whose texts say what they are. */
const QUOTIENTS = [
  ["ollama_phase_tokens_total", "ollama_phase_seconds_total"],
  ["ollama_phase_seconds_total", "ollama_queue_duration_seconds_count"],
  ["ollama_request_failures_total", "ollama_requests_total"],
  ["ollama_responses_without_usage_total", "ollama_responses_finished_total"],
  ["ollama_loaded_model_vram_bytes", "ollama_loaded_model_size_bytes"],
  ["process_open_fds", "process_max_fds", "ollama_exporter_build_info"],
] as const;

export function mayDivide(names: readonly string[]): boolean {
  return QUOTIENTS.some((families) =>
    names.every((name) => (families as readonly string[]).includes(name)),
  );
}
