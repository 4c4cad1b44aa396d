/** A number above zero and below all bounds; what stands for "unknown" or "none" is undefined. */
export function positive(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}
