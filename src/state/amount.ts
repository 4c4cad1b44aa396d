/** Bytes or tokens; undefined for what is neither. */
export function amount(value: unknown): number | undefined {
  return typeof value === "number" && value >= 0 && Number.isFinite(value) ? value : undefined;
}
