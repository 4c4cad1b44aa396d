/** The label of a request that names no model, or names one that no Ollama can have. */
export const UNKNOWN = "unknown";

const DEFAULT_HOST = "registry.ollama.ai";
const DEFAULT_NAMESPACE = "library";
const DEFAULT_TAG = "latest";

/** `[scheme://][host[:port]/][namespace/]model[:tag]`, as Ollama's `types/model` checks it. */
const NAME =
  /^(?:[a-z]+:\/\/)?(?:(?:(?<host>\w[\w.:-]{0,349})\/)?(?<namespace>\w[\w-]{0,79})\/)?(?<model>\w[\w.-]{0,79})(?::(?<tag>\w[\w.-]{0,79}))?$/;

/**
 * A model's name as `ollama ps` shows it, so that one model is one series: without the default host
 * and namespace, with its tag, in lower case since Ollama matches names without case. `unknown` for
 * what cannot be a name, so that no other character ever reaches a label; a name that has its tag
 * cannot collide with `unknown`.
 */
export function canonicalName(name: string | undefined): string {
  const parts = NAME.exec(name?.trim().toLowerCase() ?? "")?.groups;
  if (parts === undefined) return UNKNOWN;
  const { host = DEFAULT_HOST, namespace = DEFAULT_NAMESPACE, model, tag = DEFAULT_TAG } = parts;
  const owner = host === DEFAULT_HOST ? "" : `${host}/`;
  const space = owner === "" && namespace === DEFAULT_NAMESPACE ? "" : `${namespace}/`;
  return `${owner}${space}${model}:${tag}`;
}
