import { afterAll, beforeAll } from "bun:test";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../scripts/screenshot/chromium.ts";
import { skipWithout } from "../../support/skip-without.ts";

export interface OpenPage extends AsyncDisposable {
  readonly page: Page;
  /** What the browser complained of: errors, refusals by the policy, requests to anybody else. */
  complaints(): readonly string[];
}

export interface PageOptions {
  readonly url: string;
  readonly dark?: boolean;
  readonly width?: number;
}

/** Milliseconds, on a machine that does much else. */
const MOST_STARTING = 30_000;

/** Opens pages in one Chromium, which lives as long as the tests of a file. */
export function useChromium(): (options: PageOptions) => Promise<OpenPage> {
  let browser: Browser | undefined;
  beforeAll(async () => {
    if (skipWithout("chromium") === undefined) browser = await launchChromium();
  }, MOST_STARTING);
  afterAll(() => browser?.close());
  return async ({ url, dark = false, width = 1200 }) => {
    const context = await browser!.newContext({
      colorScheme: dark ? "dark" : "light",
      viewport: { width, height: 900 },
    });
    const page = await context.newPage();
    const complaints: string[] = [];
    const { origin } = new URL(url);
    page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
    page.on("console", (message) => complaints.push(`console: ${message.text()}`));
    page.on("dialog", (dialog) => {
      complaints.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${origin}/`)) complaints.push(`request: ${request.url()}`);
    });
    await page.exposeFunction("complain", (text: string) => complaints.push(text));
    await page.addInitScript(() => {
      document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
        const { complain } = globalThis as unknown as { complain(text: string): void };
        complain(`policy: ${violatedDirective} ${blockedURI}`);
      });
    });
    await page.goto(url);
    return {
      page,
      complaints: () => complaints,
      [Symbol.asyncDispose]: () => context.close(),
    };
  };
}
