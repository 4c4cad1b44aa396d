import { runProgram } from "../../support/exporter.ts";

export interface PagedExporter extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** Its live page, which asks every second. */
  readonly page: string;
}

/** Starts an exporter, on a port that is given or free. */
export async function startPagedExporter(
  upstream: string,
  { port = 0, args = [] }: { port?: number; args?: readonly string[] } = {},
): Promise<PagedExporter> {
  await using started = new AsyncDisposableStack();
  const listen = `127.0.0.1:${port}`;
  const program = started.use(
    runProgram({ args: ["--upstream", upstream, "--listen", listen, ...args] }),
  );
  const [, bound] = await program.says(/listens on 127\.0\.0\.1:(\d+)/);
  const running = started.move();
  const url = `http://127.0.0.1:${bound}`;
  return {
    url,
    port: Number(bound),
    page: `${url}/-/?every=1s`,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}
