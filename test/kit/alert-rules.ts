import { KIT } from "../../src/kit/kit.ts";

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface AlertTest {
  readonly alertname: string;
  readonly exp_alerts: readonly unknown[];
}

/** A file of promtool's, as far as it matters here. */
interface AlertTests {
  readonly tests: readonly {
    readonly name: string;
    readonly input_series: readonly { readonly series: string }[];
    readonly alert_rule_test: readonly AlertTest[];
  }[];
}

const { groups } = Bun.YAML.parse(KIT["alert-rules"]) as {
  readonly groups: readonly { readonly rules: readonly Alert[] }[];
};

export const alerts: readonly Alert[] = groups.flatMap(({ rules }) => rules);

/** Where promtool's test of an alert is: `OllamaDown` has `ollama-down.yml`. */
export function testFile(alert: string): string {
  const name = alert.replaceAll(/(?<=[a-z])(?=[A-Z])/g, "-").toLowerCase();
  return `${import.meta.dir}/alerts/${name}.yml`;
}

/** A test of promtool's for one alert: whether it has to fire, and the series that it is about. */
export interface AlertCase {
  readonly fires: boolean;
  readonly series: readonly string[];
}

export async function casesOf(alert: string): Promise<AlertCase[]> {
  const { tests } = Bun.YAML.parse(await Bun.file(testFile(alert)).text()) as AlertTests;
  return tests.map(({ input_series, alert_rule_test: checks }) => {
    if (checks.some(({ alertname }) => alertname !== alert)) {
      throw new Error(`${testFile(alert)} is about another alert, too`);
    }
    return {
      fires: checks.some(({ exp_alerts: expected }) => expected.length > 0),
      series: input_series.map(({ series }) => series.split("{")[0] ?? ""),
    };
  });
}
