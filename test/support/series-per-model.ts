import { parseExposition } from "./exposition.ts";
import { FULL_MODEL, fullPage } from "./full-page.ts";

/** The most series that one model can have. */
export async function seriesPerModel(): Promise<number> {
  const series = [...parseExposition(await fullPage()).keys()];
  return series.filter((one) => one.includes(`"${FULL_MODEL}"`)).length;
}
