import type { Server } from "bun";

/** An Ollama that answers at once and counts whatever it is asked, by whatever name. */
export interface CountingOllama extends AsyncDisposable {
  readonly url: string;
  /** Requests to `/api/chat`. */
  readonly chats: {
    readonly total: number;
    /** By the name that was asked for. */
    of(model: string): number;
  };
}

const FINAL = {
  done: true,
  done_reason: "stop",
  total_duration: 510_000_000,
  load_duration: 150_000_000,
  prompt_eval_count: 16,
  prompt_eval_duration: 80_000_000,
  eval_count: 50,
  eval_duration: 270_000_000,
};

/** Starts one with these models; `/api/copy` adds further names. */
export function startCountingOllama(models: readonly string[]): CountingOllama {
  const names = new Set(models);
  const chats = new Map<string, number>();
  let total = 0;

  const chat = (model: unknown): Response => {
    total++;
    if (typeof model !== "string") return Response.json({ error: "no model" }, { status: 400 });
    // Only names that exist are told apart, so that the count does not grow with the attack.
    if (!names.has(model)) return Response.json({ error: "not found" }, { status: 404 });
    chats.set(model, (chats.get(model) ?? 0) + 1);
    return Response.json(FINAL);
  };
  const listed = (): object => ({
    models: [...names].map((name) => ({ name, model: name, size: 2_019_393_189, details: {} })),
  });

  const server: Server<undefined> = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 0,
    async fetch(request) {
      const { pathname } = new URL(request.url);
      if (pathname === "/api/tags") return Response.json(listed());
      if (pathname === "/api/ps") return Response.json({ models: [] });
      if (pathname === "/api/version") return Response.json({ version: "0.24.0" });
      const body = await request.json().catch(() => ({}));
      if (pathname === "/api/chat") return chat(body.model);
      if (pathname !== "/api/copy") return new Response("404 page not found", { status: 404 });
      names.add(body.destination);
      return new Response();
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    chats: {
      get total() {
        return total;
      },
      of: (model) => chats.get(model) ?? 0,
    },
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
