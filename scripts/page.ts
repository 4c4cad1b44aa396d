/** Part of `bun run fix`: the live page, made of what is in src/page/browser. */
import { ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";
import { bundlePage } from "./page/bundle-page.ts";

const USAGE = `bun scripts/page.ts

  Makes src/page/live-page.html, one file with script and style in it, from src/page/browser.`;

await runCommand({ name: "page", usage: USAGE }, async () => {
  await Bun.write(`${ROOT}src/page/live-page.html`, await bundlePage());
});
