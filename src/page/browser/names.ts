/** What counts up: requests, their outcomes, and what answers told. */
export const COUNTERS: ReadonlySet<string> = new Set([
  "ollama_requests_total",
  "ollama_responses_finished_total",
  "ollama_request_failures_total",
  "ollama_phase_seconds_total",
  "ollama_phase_tokens_total",
  "ollama_time_to_first_token_seconds_bucket",
  "ollama_queue_duration_seconds_bucket",
]);

/** All that is read of the metrics page. */
export const NAMES: ReadonlySet<string> = new Set([
  ...COUNTERS,
  "ollama_requests_in_flight",
  "ollama_up",
  "ollama_version_info",
  "ollama_loaded_model_size_bytes",
  "ollama_loaded_model_vram_bytes",
  "ollama_loaded_model_expiry_timestamp_seconds",
  "ollama_loaded_model_context_tokens",
  "ollama_exporter_unmeasured_requests_total",
  "ollama_exporter_build_info",
  "process_start_time_seconds",
]);
