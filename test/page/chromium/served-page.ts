import { createLivePage } from "../../../src/page/live-page.ts";

export interface ServedPage extends AsyncDisposable {
  readonly url: string;
}

/** By which a page of metrics is known to be the exporter's. */
const OURS = 'ollama_exporter_build_info{version="0.0.0",revision="test"} 1\n';

/** A page of metrics of the exporter's, with this text. */
export function metricsPage(text: string): Response {
  return new Response(OURS + text);
}

/** The live page, with whatever is said to be its metrics. */
export function servePage(metrics: (request: Request) => Response | Promise<Response>): ServedPage {
  const page = createLivePage({ metricsPath: "/metrics", observe: ["chat"] });
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    routes: { "/-/": page, "/metrics": metrics },
  });
  return {
    url: `http://127.0.0.1:${server.port}/-/`,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
