import { fileURLToPath } from "node:url";

/** The folder of the repository, with a slash at its end. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** Where everything that is built goes. */
export const DIST = `${ROOT}dist/`;
