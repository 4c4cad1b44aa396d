import { type Families, sum } from "../families.ts";
import { byId, create } from "./element.ts";
import { duration, NONE, share } from "./format.ts";
import { tableOf } from "./table.ts";
import type { View } from "./view.ts";

const PARTS = [
  ["queue", "waiting for a slot, and overhead"],
  ["load", "loading the model, and the scheduler's queue"],
  ["prompt", "reading the prompt"],
  ["generation", "generating the answer"],
] as const;

/** Where the time of answers goes: a bar and its numbers. */
export function time(): View {
  const table = tableOf("time");
  const stack = byId("stack");
  const pieces = PARTS.map(([part]) => create("span", part));
  stack.append(...pieces);

  return ({ scrape: { families }, lately }) => {
    const recent = lately && sharesOf(lately);
    const always = sharesOf(families);
    for (const [i, piece] of pieces.entries()) {
      piece.style.flexGrow = String((recent ?? always)?.[i] ?? 0);
    }
    const rows = PARTS.map(([part, more], i) => [
      { text: part, more, swatch: part },
      share(recent?.[i]),
      always
        ? { text: share(always[i]), more: duration(secondsOf(families, part)) }
        : { text: NONE },
    ]);
    table.draw(rows);
  };
}

/** Shares in the order of the parts; undefined where no time has passed. */
function sharesOf(families: Families): number[] | undefined {
  const seconds = PARTS.map(([part]) => secondsOf(families, part));
  const all = seconds.reduce((total, value) => total + value, 0);
  return all > 0 ? seconds.map((value) => value / all) : undefined;
}

function secondsOf(families: Families, phase: string): number {
  return sum(families, "ollama_phase_seconds_total", { phase }) ?? 0;
}
