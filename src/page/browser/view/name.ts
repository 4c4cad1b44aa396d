import { create } from "./element.ts";

/** A model's name, which others have chosen: set apart from the text around it, in full as a hint. */
export function nameOf(model: string): HTMLElement {
  const element = create("bdi", "name", model);
  element.title = model;
  return element;
}
