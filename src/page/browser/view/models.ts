import { type Families, sum } from "../families.ts";
import { firstToken, generationSpeed } from "../figures.ts";
import { modelsOf } from "../models.ts";
import { count, duration, perSecond } from "./format.ts";
import { MOST_ROWS, type Row, tableOf } from "./table.ts";
import type { View } from "./view.ts";

const NOTHING: Families = new Map();

/** The models that were asked for since the start, with the figures of the plots. */
export function models(): View {
  const table = tableOf("models");
  return ({ scrape: { families }, lately = NOTHING, colors }) => {
    const rows = inOrder(modelsOf(families), colors).map((model): Row => {
      const of = { model };
      const color = colors.get(model);
      return [
        { text: model, foreign: true, swatch: color === undefined ? undefined : `series-${color}` },
        count(sum(families, "ollama_requests_total", of) ?? 0),
        count(sum(families, "ollama_request_failures_total", of) ?? 0),
        count(sum(families, "ollama_requests_in_flight", of) ?? 0),
        perSecond(generationSpeed(lately, of)),
        perSecond(generationSpeed(families, of)),
        duration(firstToken(0.5, lately, of)),
        duration(firstToken(0.5, families, of)),
        duration(firstToken(0.95, lately, of)),
        duration(firstToken(0.95, families, of)),
      ];
    });
    table.draw(rows, "No model has been asked for yet.");
  };
}

/** As they are; where not all can be shown, those first that are plotted. */
function inOrder(names: readonly string[], plotted: ReadonlyMap<string, unknown>): string[] {
  if (names.length <= MOST_ROWS) return [...names];
  const isPlotted = (model: string): boolean => plotted.has(model);
  return [...names.filter(isPlotted), ...names.filter((model) => !isPlotted(model))];
}
