/** The element of the page with this id, which the template has. */
export function byId(id: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(`#${id}`);
  if (!element) throw new Error(`the page has no #${id}`);
  return element;
}

/** Sets a text where it changes, so that a selection stays and a screen reader is not told twice. */
export function say(element: HTMLElement, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Shows a text, or hides its element where there is none. */
export function sayIf(element: HTMLElement, text: string | undefined): void {
  element.hidden = text === undefined;
  say(element, text ?? "");
}

export function create(tag: string, className: string, ...children: (Node | string)[]) {
  const element = document.createElement(tag);
  element.className = className;
  element.append(...children);
  return element;
}
