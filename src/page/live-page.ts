import { createHash } from "node:crypto";
import type { Api } from "../apis.ts";
import page from "./live-page.html" with { type: "text" };

/** What the page cannot learn from the metrics. */
export interface PageAbout {
  readonly metricsPath: string;
  /** Where clients connect; the page's own origin if neither this nor the port is given. */
  readonly clients?: string;
  /** The port where clients connect, on the host by which the page is called. */
  readonly clientsPort?: number;
  readonly observe: readonly Api[];
}

/** Answers GET and HEAD with the live page: one file that needs no other. */
export function createLivePage(about: PageAbout): (request: Request) => Promise<Response> {
  // In JSON `<` is only in strings, and none of them may end the element that it is in.
  const told = JSON.stringify(about).replaceAll("<", String.raw`\u003c`);
  const body = new TextEncoder().encode(page.replace("%ABOUT%", () => told));
  const headers = {
    "content-type": "text/html; charset=utf-8",
    "content-length": String(body.byteLength),
    "content-security-policy": contentSecurityPolicy(),
    "cache-control": "no-cache",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
  return ({ method }) =>
    Promise.resolve(new Response(method === "HEAD" ? null : body, { headers }));
}

/** Nothing but what is in the page, and questions to the origin that it came from. */
function contentSecurityPolicy(): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf("script")}'`,
    `style-src '${hashOf("style")}'`,
    "connect-src 'self'",
    // The icon.
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

/** Of the text in the element, as the policy names it. */
function hashOf(element: "script" | "style"): string {
  const [, text = ""] =
    new RegExp(`<${element}(?: type="module")?>(.*?)</${element}>`, "s").exec(page) ?? [];
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
