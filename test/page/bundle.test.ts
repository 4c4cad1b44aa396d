import { expect, test } from "bun:test";
import { ROOT } from "../../scripts/build/root.ts";
import { bundlePage } from "../../scripts/page/bundle-page.ts";

const page = await Bun.file(`${ROOT}src/page/live-page.html`).text();

test("the live page is made of the sources as they are: bun run fix makes it so", async () => {
  expect((await bundlePage()) === page).toBe(true);
});

test("the page has all of its parts in it, and they are one script and one style", () => {
  expect(page).not.toMatch(/%(?:STYLE|SCRIPT|FIGURES)%/);
  expect(page.match(/%ABOUT%/g)).toHaveLength(1);
  expect(page.match(/<style>/g)).toHaveLength(1);
  expect(page.match(/<script/g)).toHaveLength(2);
  expect(page).toContain('<script type="application/json" id="about">');
});

test("the page loads nothing from elsewhere", () => {
  expect(page).not.toMatch(/\b(?:src|srcset|action|poster)=["']/);
  expect(page).not.toMatch(/@import|url\(|\bimport\(|\bfrom ?["']/);
  const [, ...links] = page.split(/\bhref="/);
  for (const link of links) expect(link).toMatch(/^(?:#|data:|\/metrics")/);
});

test("the page evaluates no text, sets no markup from text, and has no style attribute", () => {
  expect(page).not.toMatch(
    /\beval\(|new Function\b|\.(?:inner|outer)HTML|insertAdjacentHTML|document\.write/,
  );
  expect(page).not.toMatch(/\bstyle="|setAttribute\("style"|\son\w+="/);
});

test("the page says whose code it has in it", () => {
  expect(page).toContain("Contains uPlot, Copyright Leon Sorokin, MIT License.");
});
