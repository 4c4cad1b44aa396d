import { describe, expect, test } from "bun:test";
import { pageFormat } from "../../src/metrics/page-format.ts";

const OPENMETRICS = [
  [
    "Prometheus 2",
    "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
  ],
  [
    "Prometheus 2 with native histograms",
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited,application/openmetrics-text;version=1.0.0;q=0.8,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
  ],
  [
    "Prometheus 3",
    "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
  ],
  ["its content type", "application/openmetrics-text; version=1.0.0; charset=utf-8"],
  ["no version, which is the oldest", "application/openmetrics-text"],
  ["capitals and quotes", 'Application/OpenMetrics-Text; Version="1.0.0"; Q=1'],
  [
    "as much as text",
    "text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;q=0.5",
  ],
  [
    "more than another text",
    "text/plain;version=1.0.0,application/openmetrics-text;version=1.0.0;q=0.1",
  ],
  ["no text at all", "application/openmetrics-text;version=1.0.0;q=0.1,text/plain;q=0,*/*"],
  ["a weight of three digits", "application/openmetrics-text;q=0.501,text/plain;q=0.5"],
] as const;

const TEXT = [
  ["no Accept", null],
  ["an empty Accept", ""],
  ["anything", "*/*"],
  ["any application", "application/*"],
  [
    "a browser",
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
  ],
  ["the text format", "text/plain;version=0.0.4"],
  [
    "text before OpenMetrics",
    "text/plain;version=0.0.4;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5",
  ],
  ["any text before OpenMetrics", "text/*;q=0.6,application/openmetrics-text;version=1.0.0;q=0.5"],
  [
    "Prometheus 3 that prefers text",
    "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.6,text/plain;version=0.0.4;q=0.5,application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.4,*/*;q=0.3",
  ],
  [
    "an older OpenMetrics",
    "application/openmetrics-text;version=0.0.1,text/plain;version=0.0.4;q=0.5,*/*;q=0.1",
  ],
  ["a newer OpenMetrics", "application/openmetrics-text;version=2.0.0"],
  ["OpenMetrics as protobuf", "application/openmetrics-protobuf;version=1.0.0"],
  [
    "protobuf",
    "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited",
  ],
  ["OpenMetrics refused", "application/openmetrics-text;version=1.0.0;q=0"],
  [
    "a version refused",
    "application/openmetrics-text;version=1.0.0;q=0,application/openmetrics-text;q=1",
  ],
  ["a weight that is none", "application/openmetrics-text;version=1.0.0;q=much"],
  ["a weight beyond 1", "application/openmetrics-text;version=1.0.0;q=1.5"],
  ["only separators", ",;,;;=,"],
] as const;

describe("OpenMetrics is for who asks for it:", () => {
  test.each(OPENMETRICS)("%s", (_, accept) => expect(pageFormat(accept)).toBe("openmetrics"));
});

describe("The text format is for all others:", () => {
  test.each(TEXT)("%s", (_, accept) => expect(pageFormat(accept)).toBe("text"));
});

test("An Accept of 16 KiB is read in no time", () => {
  expect(pageFormat("application/openmetrics-text;q=0,".repeat(500))).toBe("text");
  expect(pageFormat(`text/plain;${";".repeat(16_000)}`)).toBe("text");
});
