import type uPlot from "uplot";
import type { Drawing, Formats } from "./plot.ts";
import { readout } from "./readout.ts";

const FONT = "12px system-ui, sans-serif";

/** Between two times at the axis, in seconds. */
const MINUTES = [60, 120, 180, 300];

/** How a plot looks: thin lines on a quiet grid, and the values under the pointer. */
export function plotOptions(
  drawn: () => Drawing,
  formats: Formats,
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
    cursor: {
      y: false,
      drag: { x: false, y: false },
      sync: { key: "time" },
      points: { size: 7 },
    },
    scales: {
      x: { range: () => [...drawn().span] },
      y: { range: (_, _least, most) => [0, Math.max(most * 1.1, 1e-3)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        values: (_, times) => times.map(hoursAndMinutes),
        incrs: MINUTES,
        space: 64,
        size: 28,
      },
      { ...axis, values: (_, values) => values.map(formats.axis), size: 60, space: 36 },
    ],
    series: [
      {},
      ...drawn().lines.map((line) => ({
        stroke: () => color(`--series-${line.color}`),
        width: line.dashed ? 1.25 : 2,
        dash: line.dashed ? [4, 4] : [],
        points: { show: false },
      })),
    ],
    plugins: [readout(drawn, formats.value)],
  };
}

function color(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name);
}

function hoursAndMinutes(time: number): string {
  const at = new Date(time * 1000);
  return at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
