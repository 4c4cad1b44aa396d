import { BarChart } from "echarts/charts";
import {
  GridComponent,
  LegendComponent,
  MarkLineComponent,
  TitleComponent,
} from "echarts/components";
import { init, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Summary } from "./results.ts";

use([BarChart, GridComponent, LegendComponent, MarkLineComponent, TitleComponent, SVGRenderer]);

const SHOWN = new Set([
  "CPU per chunk of a chat",
  "CPU per chunk of what is not measured",
  "added to each chunk, p50",
  "CPU per small chat",
  "first chunk, 1,000 streams opened in 1 s, p50",
  "first chunk, 2,000 streams opened in 2 s, p50",
]);

/** What each proxy takes as a multiple of nginx, which is 1: the text of an SVG file. */
export function plot(summaries: readonly Summary[]): string {
  const shown = summaries.filter(({ name, medians }) => SHOWN.has(name) && medians["nginx"]);
  const chart = init(null, null, { renderer: "svg", ssr: true, width: 760, height: 400 });
  const bars = (proxy: string): object => ({
    name: proxy,
    type: "bar",
    data: shown.map(({ medians }) =>
      round((medians[proxy] ?? Number.NaN) / (medians["nginx"] ?? 1)),
    ),
    label: { show: true, position: "right" },
  });
  const nginx = { markLine: { silent: true, symbol: "none", data: [{ xAxis: 1, name: "nginx" }] } };
  chart.setOption({
    backgroundColor: "#ffffff",
    title: { text: "Metrics on, as a multiple of nginx (less is better)", left: 16, top: 12 },
    legend: { data: ["ollama-exporter", "haproxy"], left: 300, top: 40, itemGap: 40 },
    grid: { left: 300, right: 40, top: 72, bottom: 32 },
    xAxis: { type: "value", min: 0 },
    yAxis: { type: "category", inverse: true, data: shown.map(({ name }) => name) },
    series: [{ ...bars("ollama-exporter"), ...nginx }, bars("haproxy")],
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return `${svg}\n`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
