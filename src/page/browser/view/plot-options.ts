import type uPlot from "uplot";
import { readout } from "./readout.ts";
import type { Drawing } from "./plot.ts";

const FONT = "12px system-ui, sans-serif";

/** How a plot looks: thin lines on a quiet grid, and the values under the pointer. */
export function plotOptions(
  drawn: () => Drawing,
  format: (value: number) => string,
): Omit<uPlot.Options, "width" | "height"> {
  const axis = {
    stroke: () => color("--muted"),
    font: FONT,
    grid: { stroke: () => color("--grid"), width: 1 },
    ticks: { show: false },
  };
  return {
    legend: { show: false },
    padding: [12, 8, 0, 0],
    cursor: { y: false, drag: { x: false, y: false }, sync: { key: "time" }, points: { size: 7 } },
    scales: {
      x: { range: () => [...drawn().span] },
      y: { range: (_, _least, most) => [0, Math.max(most * 1.1, 1e-3)] },
    },
    axes: [
      { ...axis, grid: { show: false }, values: (_, times) => times.map(hoursAndMinutes), space: 70 },
      { ...axis, values: (_, values) => values.map(format), size: 64, space: 36 },
    ],
    series: [
      {},
      ...drawn().lines.map((line) => ({
        label: line.label,
        stroke: () => color(`--series-${line.color}`),
        width: line.dashed ? 1.25 : 2,
        ...(line.dashed && { dash: [4, 4] }),
        points: { show: false },
      })),
    ],
    plugins: [readout(format)],
  };
}

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

function hoursAndMinutes(time: number): string {
  const at = new Date(time * 1000);
  return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
