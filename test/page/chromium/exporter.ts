import { startExporter } from "../../support/exporter.ts";
import { startPageFront } from "../../support/page-front.ts";

export interface PagedExporter extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** The page, which asks every second. */
  readonly page: string;
}

/** An exporter with its live page. */
export async function startPagedExporter(upstream: string, port = 0): Promise<PagedExporter> {
  await using started = new AsyncDisposableStack();
  const exporter = started.use(await startExporter({ upstream, args: [] }));
  const { url } = started.use(startPageFront(exporter.url, undefined, port));
  const running = started.move();
  return {
    url,
    port: Number(new URL(url).port),
    page: `${url}/-/?every=1s`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
