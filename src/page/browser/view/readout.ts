import type uPlot from "uplot";
import { create } from "./element.ts";
import { clock } from "./format.ts";
import { nameOf } from "./name.ts";
import type { Drawing } from "./plot.ts";

/** Shows time and values under the pointer beside it. Screen readers have the table. */
export function readout(drawn: () => Drawing, format: (value: number) => string): uPlot.Plugin {
  const box = create("div", "readout");
  const linesAt = (at: number): HTMLElement[] =>
    drawn().lines.flatMap(({ model, what = "", color, values }) => {
      const value = values[at];
      if (typeof value !== "number") return [];
      const swatch = create("span", `swatch series-${color}`);
      return [create("div", "", swatch, nameOf(model), what, create("b", "", format(value)))];
    });
  return {
    hooks: {
      init({ over }) {
        box.hidden = true;
        over.append(box);
      },
      setCursor({ cursor: { idx, left = -1 }, over }) {
        const at = typeof idx === "number" && left >= 0 ? idx : -1;
        const lines = linesAt(at);
        box.hidden = lines.length === 0;
        const time = drawn().times[at] ?? 0;
        box.replaceChildren(create("div", "muted", clock(time * 1000)), ...lines);
        // On the side where there is room.
        box.classList.toggle("left", left > over.clientWidth / 2);
      },
    },
  };
}
