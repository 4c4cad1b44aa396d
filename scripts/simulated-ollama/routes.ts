import type { Handler } from "./exchange.ts";
import { headBlob, postBlob } from "./routes/blobs.ts";
import { anthropicMessages } from "./routes/anthropic-messages.ts";
import { chat } from "./routes/chat.ts";
import { copy } from "./routes/copy.ts";
import { create } from "./routes/create.ts";
import { deleteModel } from "./routes/delete.ts";
import { embed, embeddings } from "./routes/embed.ts";
import { generate } from "./routes/generate.ts";
import { openaiChat } from "./routes/openai-chat.ts";
import { openaiCompletions } from "./routes/openai-completions.ts";
import { openaiEmbeddings } from "./routes/openai-embeddings.ts";
import { openaiModels } from "./routes/openai-models.ts";
import { openaiResponses } from "./routes/openai-responses.ts";
import { ps } from "./routes/ps.ts";
import { pull } from "./routes/pull.ts";
import { root } from "./routes/root.ts";
import { show } from "./routes/show.ts";
import { tags } from "./routes/tags.ts";
import { version } from "./routes/version.ts";

/** By method. */
type Handlers = Readonly<Record<string, Handler>>;

const ROUTES: Readonly<Record<string, Handlers>> = {
  "/": { GET: root, HEAD: root },
  "/api/version": { GET: version, HEAD: version },
  "/api/tags": { GET: tags, HEAD: tags },
  "/api/ps": { GET: ps },
  "/api/show": { POST: show },
  "/api/chat": { POST: chat },
  "/api/generate": { POST: generate },
  "/api/embed": { POST: embed },
  "/api/embeddings": { POST: embeddings },
  "/api/pull": { POST: pull },
  "/api/create": { POST: create },
  "/api/copy": { POST: copy },
  "/api/delete": { DELETE: deleteModel },
  "/api/blobs/:digest": { HEAD: headBlob, POST: postBlob },
  "/v1/chat/completions": { POST: openaiChat },
  "/v1/completions": { POST: openaiCompletions },
  "/v1/responses": { POST: openaiResponses },
  "/v1/embeddings": { POST: openaiEmbeddings },
  "/v1/messages": { POST: anthropicMessages },
  "/v1/models": { GET: openaiModels },
};

export function handlersOf(path: string): Handlers | undefined {
  return ROUTES[path.replace(/^(\/api\/blobs\/)[^/]+$/, "$1:digest")];
}
