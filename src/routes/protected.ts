import type { CheckCredentials } from "../web-config/basic-auth.ts";
import type { WebConfig } from "../web-config/web-config.ts";
import type { FindOwn, OwnRoute } from "./own.ts";
import { plainText } from "./plain-text.ts";

/** By which an answer can be known as ours. */
export const REALM = 'Basic realm="ollama-exporter", charset="UTF-8"';

export interface Protection {
  /** What the web config file says now. */
  config(): WebConfig;
  readonly check: CheckCredentials;
}

/** Our own paths for those alone that the web config file lets in, with the fields that it asks for. */
export function protectedBy({ config, check }: Protection, findOwn: FindOwn): FindOwn {
  const guard =
    (route: OwnRoute): OwnRoute =>
    async (request, connection) => {
      const { users, headers } = config();
      const answer =
        (users.size > 0 ? await refusalOf(request, users) : undefined) ??
        (await route(request, connection));
      for (const [name, value] of headers) {
        // The live page's policy lets its own script run, and nothing else.
        if (!answer.headers.has(name)) answer.headers.set(name, value);
      }
      return answer;
    };
  const refusalOf = async (
    request: Request,
    users: WebConfig["users"],
  ): Promise<Response | undefined> => {
    const verdict = await check(request.headers.get("authorization"), users, request.signal);
    if (verdict === "granted") return undefined;
    return verdict === "denied" ? unauthorized(request) : tooMany(request);
  };
  return (method, path) => {
    const route = findOwn(method, path);
    return route && guard(route);
  };
}

function unauthorized(request: Request): Response {
  const answer = plainText(request, "401 Unauthorized\n", 401);
  answer.headers.set("www-authenticate", REALM);
  return answer;
}

/** Others are trying passwords, more than can be checked. */
function tooMany(request: Request): Response {
  const answer = plainText(request, "429 Too Many Requests\n", 429);
  answer.headers.set("retry-after", "1");
  return answer;
}
