import { type Browser, chromium } from "playwright-core";

/** As Debian has it. */
export const CHROMIUM = "/usr/bin/chromium";

/** Starts a Chromium without a window that asks nobody for anything by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM,
    args: [
      // Root, as in a container, has no sandbox.
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
