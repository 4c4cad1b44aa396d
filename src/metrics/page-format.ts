/** The formats of the page: Prometheus' text format 0.0.4, and OpenMetrics 1.0. */
export type PageFormat = "text" | "openmetrics";

export const CONTENT_TYPES: Readonly<Record<PageFormat, string>> = {
  text: "text/plain; version=0.0.4; charset=utf-8",
  openmetrics: "application/openmetrics-text; version=1.0.0; charset=utf-8",
};

/**
 * The format for a request with this `Accept`: OpenMetrics for who names it and wants nothing more,
 * the text format for all others, as nobody has to understand OpenMetrics who has not asked for it.
 */
export function pageFormat(accept: string | null = null): PageFormat {
  const ranges = (accept ?? "").split(",").map(mediaRange);
  const weightOf = (type: string, version?: string): number | undefined => {
    const matching = ranges.filter((range) => range.type === type && range.version === version);
    return matching.length === 0 ? undefined : Math.max(...matching.map(({ weight }) => weight));
  };
  // No version means the oldest (OpenMetrics, "Protocol Negotiation").
  const open =
    weightOf("application/openmetrics-text", "1.0.0") ?? weightOf("application/openmetrics-text");
  // The more specific range counts (RFC 9110 §12.5.1).
  const text =
    weightOf("text/plain", "0.0.4") ??
    weightOf("text/plain") ??
    weightOf("text/*") ??
    weightOf("*/*");
  return open !== undefined && open > 0 && open >= (text ?? 0) ? "openmetrics" : "text";
}

interface MediaRange {
  readonly type: string;
  readonly version: string | undefined;
  readonly weight: number;
}

/** RFC 9110 §12.4.2. */
const WEIGHT = /^(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/;

function mediaRange(text: string): MediaRange {
  const [type = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const value = (name: string): string | undefined =>
    parameters
      .find((parameter) => parameter.startsWith(`${name}=`))
      ?.slice(name.length + 1)
      .replaceAll('"', "");
  const weight = value("q") ?? "1";
  // What cannot be read is not wanted.
  return { type, version: value("version"), weight: WEIGHT.test(weight) ? Number(weight) : 0 };
}
