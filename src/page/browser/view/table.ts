import { byId, create, sayIf } from "./element.ts";
import { nameOf } from "./name.ts";

interface Cell {
  readonly text: string;
  /** A text of others, such as a model's name: set apart, and in full where it is cut. */
  readonly foreign?: boolean;
  /** A second line that explains the first. */
  readonly more?: string;
  /** The class of a colour that is shown before it. */
  readonly swatch?: string | undefined;
  /** A bar below it, 0 to 1. */
  readonly share?: number | undefined;
}

/** A row; its first cell is its head. */
export type Row = readonly (Cell | string)[];

/** Rows that a table shows. */
export const MOST_ROWS = 50;

export interface Table {
  /** Shows rows; without any, the table gives way to a sentence. */
  draw(rows: readonly Row[], empty?: string): void;
}

/** A table of the template, whose cells are made anew only where they change. */
export function tableOf(id: string): Table {
  const table = byId(id) as HTMLTableElement;
  const body = table.tBodies[0] ?? table.createTBody();
  const more = document.querySelector<HTMLElement>(`#${id}-more`);
  const drawn = new WeakMap<Element, string>();

  const drawRow = (line: HTMLTableRowElement, row: Row): void => {
    for (const [i, given] of row.entries()) {
      const cell = typeof given === "string" ? { text: given } : given;
      const known = JSON.stringify(cell);
      const old = line.cells[i];
      if (old && drawn.get(old) === known) continue;
      const made = i === 0 ? headCell(cell) : create("td", "", ...contents(cell));
      drawn.set(made, known);
      if (old) old.replaceWith(made);
      else line.append(made);
    }
  };
  return {
    draw(rows, empty) {
      const shown = rows.slice(0, MOST_ROWS);
      while (body.rows.length > shown.length) body.deleteRow(-1);
      for (const [i, row] of shown.entries()) drawRow(body.rows[i] ?? body.insertRow(), row);
      table.hidden = rows.length === 0 && empty !== undefined;
      const hidden = rows.length - shown.length;
      const rest = hidden > 0 ? `${hidden} more are on the metrics page.` : undefined;
      if (more) sayIf(more, table.hidden ? empty : rest);
    },
  };
}

function headCell(cell: Cell): HTMLElement {
  const head = create("th", "", ...contents(cell));
  head.setAttribute("scope", "row");
  return head;
}

function contents({ text, foreign, more, swatch, share }: Cell): (Node | string)[] {
  const parts: (Node | string)[] = [foreign ? nameOf(text) : text];
  if (more !== undefined) parts.push(create("span", "explained muted", more));
  if (share !== undefined) parts.push(bar(share));
  if (swatch === undefined) return parts;
  const color = create("span", `swatch ${swatch}`);
  return [create("div", "with-swatch", color, create("span", "", ...parts))];
}

function bar(share: number): HTMLElement {
  const filled = create("span", "");
  filled.style.width = `${Math.min(1, Math.max(0, share)) * 100}%`;
  return create("div", "bar", filled);
}
