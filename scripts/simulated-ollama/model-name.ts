const DEFAULT_HOST = "registry.ollama.ai/";
const DEFAULT_NAMESPACE = "library/";

/** The short name with its tag: without the default host and namespace, `:latest` added. */
export function shortName(name: string): string {
  let short = name.trim();
  if (short.toLowerCase().startsWith(DEFAULT_HOST)) short = short.slice(DEFAULT_HOST.length);
  if (short.toLowerCase().startsWith(DEFAULT_NAMESPACE))
    short = short.slice(DEFAULT_NAMESPACE.length);
  // A colon before the last slash belongs to a host's port.
  return short.slice(short.lastIndexOf("/") + 1).includes(":") ? short : `${short}:latest`;
}

/** What names of the same model have in common: Ollama looks them up without regard to case. */
export function modelKey(name: string): string {
  return shortName(name).toLowerCase();
}

/** The name with host and namespace, as the refusal of tools spells it. */
export function fullName(name: string): string {
  const short = shortName(name);
  if (!short.includes("/")) return `${DEFAULT_HOST}${DEFAULT_NAMESPACE}${short}`;
  return short.split("/").length > 2 ? short : `${DEFAULT_HOST}${short}`;
}
