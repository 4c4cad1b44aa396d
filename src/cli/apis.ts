import { type Api, APIS } from "../apis.ts";
import type { Source } from "../config.ts";
import { wrongValue } from "./wrong-value.ts";

const ALL = "all";

/** Reads `all`, or names of APIs with commas between them; throws a usage error. */
export function parseApis(text: string, source: Source): readonly Api[] {
  const words = text.split(",").map((word) => word.trim());
  if (words.includes(ALL)) {
    if (words.length === 1) return APIS;
    throw wrongValue(source, text, `names APIs beside ${ALL}`, `${ALL} alone`);
  }
  const wrong = words.find((word) => !APIS.some((api) => api === word));
  if (wrong !== undefined) {
    const remedy = `${APIS.join(", ")} with commas between them, or ${ALL}`;
    throw wrongValue(source, text, "is not a list of APIs", remedy, "chat,generate");
  }
  return APIS.filter((api) => words.includes(api));
}
