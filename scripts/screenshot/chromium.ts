import { type Browser, chromium } from "playwright-core";

/** Starts the Chromium of this machine, without a window. It asks nobody for anything by itself. */
export function launchChromium(): Promise<Browser> {
  return chromium.launch({
    executablePath: Bun.which("chromium") ?? "chromium",
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
