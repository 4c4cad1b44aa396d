/** RFC 3339 in UTC with nanoseconds, trailing zeros left out as Go does. `time`: Unix milliseconds. */
export function timestamp(time = performance.timeOrigin + performance.now()): string {
  const seconds = Math.floor(time / 1000);
  const nanoseconds = Math.floor((time - seconds * 1000) * 1e6);
  const fraction = String(nanoseconds).padStart(9, "0").replace(/0+$/, "");
  const date = new Date(seconds * 1000).toISOString().slice(0, 19);
  return `${date}${fraction && `.${fraction}`}Z`;
}
