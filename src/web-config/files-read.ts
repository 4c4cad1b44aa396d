import { statSync } from "node:fs";

/** Files, and what each was like before it was read, so that what is written meanwhile is a change. */
export interface FilesRead {
  /** To be told of each before it is read. */
  add(path: string): void;
  /** Whether one of them is another now. Costs a few microseconds. */
  haveChanged(): boolean;
}

export function createFilesRead(): FilesRead {
  const states = new Map<string, string>();
  return {
    add: (path) => void states.set(path, stateOf(path)),
    haveChanged: () => [...states].some(([path, state]) => stateOf(path) !== state),
  };
}

/** Changes with the content and with who may read it, and where a link leads elsewhere as in Kubernetes. */
function stateOf(path: string): string {
  try {
    const { dev, ino, size, mtimeMs, ctimeMs } = statSync(path);
    return [dev, ino, size, mtimeMs, ctimeMs].join();
  } catch {
    return "none";
  }
}
