/** Whether this is a string with something in it. */
export function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
