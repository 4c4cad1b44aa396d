import type { Findings } from "./findings.ts";
import { LONG, SHORT } from "./probe.ts";
import { costPerQuarter, judged, medians, pointsOf, type Watched } from "./quarters.ts";
import { change } from "./trend.ts";

const MIB = 2 ** 20;

const HEAD = ["", "before", "quarter 1", "2", "3", "4", "after", "trend of 2 to 4"];

/** What was found, to be read. */
export function tableOf(findings: Findings): string {
  const { samples, before, after, firstPage, lastPage, clients, scrapes } = findings;
  const rows = [
    HEAD,
    [
      "resident memory, MiB",
      inMib(before.resident),
      ...medians(samples, "resident").map(inMib),
      inMib(after.resident),
      signed(changeOf(findings, "resident") / MIB, " MiB"),
    ],
    [
      "open descriptors",
      String(before.descriptors),
      ...medians(samples, "descriptors").map(String),
      String(after.descriptors),
      signed(changeOf(findings, "descriptors")),
    ],
    [
      "series",
      String(firstPage.series),
      ...medians(samples, "series").map(String),
      String(lastPage.series),
      signed(changeOf(findings, "series")),
    ],
    ["CPU per chunk, µs: all traffic", "", ...costPerQuarter(samples).map(inUs), "", ""],
    costRow(SHORT, before.cost.shortStreams, after.cost.shortStreams),
    costRow(LONG, before.cost.longStreams, after.cost.longStreams),
  ];
  return [
    ...aligned(rows),
    "",
    `${clients.requests} requests, ${clients.chats} of them chats; ${clients.left} clients left early;`,
    `${clients.chunks} chunks, ${scrapes} scrapes, ${findings.wrong.length} wrong answers;`,
    `the exporter counted ${lastPage.requests} chats and logged ${samples.at(-1)?.logged} lines.`,
  ].join("\n");
}

function costRow(length: number, before: number, after: number): string[] {
  return [`  streams of ${length} alone`, inUs(before), "", "", "", "", inUs(after), ""];
}

/** Over all the time that is judged. */
function changeOf({ samples, duration }: Findings, what: Watched): number {
  return change(pointsOf(judged(samples, duration), what));
}

function aligned(rows: readonly string[][]): string[] {
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
}

function inMib(bytes: number): string {
  return (bytes / MIB).toFixed(1);
}

function inUs(nanoseconds: number): string {
  return (nanoseconds / 1000).toFixed(1);
}

function signed(value: number, unit = ""): string {
  return `${value < 0 ? "" : "+"}${value.toFixed(1)}${unit}`;
}
