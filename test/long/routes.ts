/** How an answer comes, as far as its framing goes. */
export type Shape = "ndjson" | "sse" | "json" | "empty";

export interface Route {
  readonly method: string;
  readonly path: string;
  /** The request's body; absent where there is none. */
  readonly body?: string;
  readonly shape: Shape;
}

const MODEL = '{"model":"m"}';

const get = (path: string): Route => ({ method: "GET", path, shape: "json" });
const head = (path: string): Route => ({ method: "HEAD", path, shape: "empty" });
const post = (path: string, shape: Shape = "json", body = MODEL): Route => ({
  method: "POST",
  path,
  body,
  shape,
});
const streamed = (path: string, shape: Shape): Route[] => [
  post(path, shape, '{"model":"m","stream":true}'),
  post(path, "json", '{"model":"m","stream":false}'),
];

/** Every route of Ollama, streamed and not, and two that it does not have. */
export const ROUTES: readonly Route[] = [
  ...["/", "/api/version", "/api/tags"].flatMap((path) => [get(path), head(path)]),
  ...["/api/status", "/api/ps", "/v1/models", "/v1/models/m"].map(get),
  get("/api/experimental/model-recommendations"),
  ...["/api/generate", "/api/chat", "/api/pull", "/api/push", "/api/create"].flatMap((path) =>
    streamed(path, "ndjson"),
  ),
  ...["/v1/chat/completions", "/v1/completions", "/v1/responses", "/v1/messages"].flatMap((path) =>
    streamed(path, "sse"),
  ),
  ...["/api/show", "/api/embed", "/api/embeddings", "/v1/embeddings"].map((path) => post(path)),
  ...["/api/copy", "/api/me", "/api/signout", "/v1/audio/transcriptions"].map((path) => post(path)),
  ...["/api/experimental/web_search", "/api/experimental/web_fetch"].map((path) => post(path)),
  post("/api/blobs/sha256:00", "json", "a file"),
  head("/api/blobs/sha256:00"),
  { method: "DELETE", path: "/api/delete", body: MODEL, shape: "json" },
  { method: "DELETE", path: "/api/user/keys/k", shape: "json" },
  { method: "OPTIONS", path: "/api/chat", shape: "json" },
  { method: "PUT", path: "/api/unknown", body: MODEL, shape: "json" },
  { method: "PATCH", path: "/unknown", body: MODEL, shape: "json" },
];

export const UPLOADS = [
  "/api/chat",
  "/api/generate",
  "/v1/chat/completions",
  "/api/blobs/sha256:00",
] as const;
