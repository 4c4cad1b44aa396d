import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What `promtool test rules` has against these quantiles of these histograms; nothing if they are its own. */
export async function promtoolQuantiles(
  q: number,
  histograms: readonly Readonly<Record<string, number>>[],
  quantiles: readonly number[],
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "page-quantiles-"));
  try {
    const input_series = histograms.flatMap((buckets, i) =>
      Object.entries(buckets).map(([le, count]) => ({
        series: `a_bucket{of="${i}",le="${le}"}`,
        values: String(count),
      })),
    );
    const expression = {
      expr: `histogram_quantile(${q}, sum by (of, le) (a_bucket))`,
      eval_time: "0s",
      exp_samples: quantiles.map((value, i) => ({ labels: `{of="${i}"}`, value })),
    };
    const file = join(folder, "quantiles.json");
    // JSON is YAML.
    await Bun.write(
      file,
      JSON.stringify({ tests: [{ interval: "1m", input_series, promql_expr_test: [expression] }] }),
    );
    const promtool = Bun.spawn(["promtool", "test", "rules", file], {
      stdout: "pipe",
      stderr: "pipe",
    });
    const said = await Promise.all(
      [promtool.stdout, promtool.stderr].map((stream) => new Response(stream).text()),
    );
    return (await promtool.exited) === 0 ? "" : said.join("");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
