import type uPlot from "uplot";
import { create } from "./element.ts";
import { clock } from "./format.ts";

/** Shows time and values under the pointer beside it. Screen readers have the table. */
export function readout(format: (value: number) => string): uPlot.Plugin {
  const box = create("div", "readout");
  box.hidden = true;
  return {
    hooks: {
      init: (plot) => void plot.over.append(box),
      setCursor({ cursor: { idx, left = 0 }, data, series, over }) {
        const at = typeof idx === "number" ? data[0][idx] : undefined;
        box.hidden = at === undefined || left < 0;
        if (at === undefined || typeof idx !== "number") return;
        const lines = series.slice(1).flatMap(({ label }, i) => {
          const value = data[i + 1]?.[idx];
          if (typeof value !== "number" || typeof label !== "string") return [];
          const name = create("bdi", "name", label);
          return [create("div", "", name, create("b", "", format(value)))];
        });
        box.replaceChildren(create("div", "muted", clock(at * 1000)), ...lines);
        // On the side where there is room.
        box.classList.toggle("left", left > over.clientWidth / 2);
      },
    },
  };
}
