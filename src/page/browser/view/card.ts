import { byId, create, say } from "./element.ts";

/** A figure as a number and its unit, which is set smaller. */
const WITH_UNIT = /^([\d.,]+) (.+)$/;

/** A card of the template: its figure, and what is to say of it. */
export function createCard(id: string): (figure: string, more: string) => void {
  const [value, explained] = [byId(id), byId(`${id}-more`)];
  return (figure, more) => {
    say(explained, more);
    if (value.textContent === figure) return;
    const [, number, unit] = WITH_UNIT.exec(figure) ?? [];
    const parts =
      number === undefined || unit === undefined ? [figure] : [`${number} `, small(unit)];
    value.replaceChildren(...parts);
    value.dataset["figure"] = figure;
  };
}

function small(unit: string): HTMLElement {
  return create("span", "unit", unit);
}
