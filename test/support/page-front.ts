import { createLivePage, type PageAbout } from "../../src/page/live-page.ts";

export interface PageFront extends AsyncDisposable {
  readonly url: string;
}

const ABOUT: PageAbout = { metricsPath: "/metrics", observe: ["chat"] };

/** Serves the live page at `/-/`, and gives everything else to an exporter. */
export function startPageFront(exporter: string, about: PageAbout = ABOUT, port = 0): PageFront {
  const page = createLivePage(about);
  const server = Bun.serve({
    hostname: "127.0.0.1",
    port,
    idleTimeout: 0,
    fetch(request) {
      const { pathname, search } = new URL(request.url);
      if (pathname === "/-/") return page(request);
      return fetch(`${exporter}${pathname}${search}`, request);
    },
  });
  return {
    url: `http://127.0.0.1:${server.port}`,
    [Symbol.asyncDispose]: () => server.stop(true),
  };
}
