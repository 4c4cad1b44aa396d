import type { AxeResults } from "axe-core";
import type { Page } from "playwright-core";
import { ROOT } from "../../../scripts/build/root.ts";

const SCRIPT = await Bun.file(`${ROOT}node_modules/axe-core/axe.min.js`).text();

/** WCAG 2.2 up to AA, and what else is good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The faults that axe-core finds in a page, each with the elements that have it. */
export async function faultsOf(page: Page): Promise<string[]> {
  await page.evaluate(SCRIPT);
  const { violations }: AxeResults = await page.evaluate(
    `axe.run({ runOnly: ${JSON.stringify(TAGS)} })`,
  );
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
