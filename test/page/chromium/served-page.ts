import { createLivePage } from "../../../src/page/live-page.ts";

export interface ServedPage extends AsyncDisposable {
  readonly url: string;
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
