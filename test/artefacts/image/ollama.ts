import { ROOT } from "../../../scripts/build/root.ts";
import { firstLine, type Network } from "./network.ts";
import { BESIDE } from "./root-folder.ts";

export interface Ollama extends AsyncDisposable {
  /** By its name, which only a container can look up. */
  readonly url: string;
}

/** A simulated Ollama beside the containers of a network. */
export async function startOllama(network: Network): Promise<Ollama> {
  const script = `${ROOT}scripts/ci/image-ollama.ts`;
  const child = Bun.spawn(network.inside(process.execPath, script, BESIDE.address), {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const port = await firstLine(child.stdout);
  return {
    url: `http://${BESIDE.name}:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}
