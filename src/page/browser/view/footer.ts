import type { About } from "../about.ts";
import { byId, say } from "./element.ts";

/** Where the figures come from, and how often. */
export function footer({ metricsPath }: About, seconds: number): void {
  const link = byId("metrics");
  link.setAttribute("href", metricsPath);
  say(link, metricsPath);
  say(byId("every"), seconds === 1 ? "second" : `${seconds} seconds`);
}
