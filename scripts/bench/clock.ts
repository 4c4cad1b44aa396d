/** Milliseconds with fractions on the clock that all processes of a machine share. */
export function now(): number {
  return performance.timeOrigin + performance.now();
}
