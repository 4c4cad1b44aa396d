import { byId, create } from "./element.ts";
import { nameOf } from "./name.ts";

/** Which colour is which model, for those who see the plot. */
export function createLegend(id: string): (colors: ReadonlyMap<string, number>) => void {
  const target = byId(id);
  let drawn = "";
  return (colors) => {
    const known = JSON.stringify([...colors]);
    if (known === drawn) return;
    drawn = known;
    const items = Array.from(colors, ([model, color]) =>
      create("span", "", create("span", `swatch series-${color}`), nameOf(model)),
    );
    target.replaceChildren(...items);
  };
}
