import { ROOT } from "../build/root.ts";

const SOURCES = `${ROOT}src/page/browser/`;

/** Where the browser's code and style begin. */
export const PAGE_ENTRYPOINTS = [`${SOURCES}main.ts`, `${SOURCES}style/all.css`];

/** The live page as one file, with its script and style in it; the same sources give the same bytes. */
export async function bundlePage(): Promise<string> {
  const { outputs } = await Bun.build({
    entrypoints: PAGE_ENTRYPOINTS,
    target: "browser",
    format: "esm",
    minify: true,
  });
  const textOf = async (kind: string): Promise<string> =>
    (await outputs.find(({ path }) => path.endsWith(kind))?.text())?.trim() ?? "";
  const template = await Bun.file(`${SOURCES}page.html`).text();
  const parts = {
    FIGURES: (await Bun.file(`${SOURCES}figures.html`).text()).trim(),
    STYLE: await textOf(".css"),
    // In a string of the script, which would otherwise end there.
    SCRIPT: (await textOf(".js")).replaceAll("</script", String.raw`<\/script`),
  };
  return Object.entries(parts).reduce(
    (page, [place, text]) => page.replace(`%${place}%`, () => text),
    template,
  );
}
