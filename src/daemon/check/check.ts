import type { Config } from "../../config.ts";
import { createUpstream } from "../../proxy/upstream.ts";
import { thisRuntime as runtime } from "../../runtime/this-runtime.ts";
import { createStateReader } from "../../state/state-reader.ts";
import { readWebConfig } from "../../web-config/read-web-config.ts";
import { refuseOwnAddress } from "../own-address.ts";
import { createStartupProbe, type Finding } from "../startup-probe.ts";
import { passwordsOf } from "../web-access.ts";
import { checkAccess } from "./access.ts";
import { checkLoop } from "./loop.ts";
import { checkListeners } from "./listeners.ts";
import { checkReachable } from "./reachable.ts";
import { type Checked, reportText } from "./report.ts";
import { checkState } from "./state.ts";

const DEADLINE_MS = 2000;

/** What a check has to say. */
export interface CheckResult {
  readonly text: string;
  /** Whether the exporter would work with this configuration. */
  readonly ok: boolean;
}

/**
 * Looks whether the exporter would work: whether Ollama is there, can be scraped and is not ourselves,
 * and whether the listeners can be had. What it opens it closes again. Throws a usage error for a mistake
 * in the web config file.
 */
export async function check(config: Config): Promise<CheckResult> {
  const upstream = createUpstream(config.upstream, runtime.send);
  const probe = createStartupProbe({ coversMetrics: false });
  if (config.webConfigFile) passwordsOf(runtime, config.webConfigFile);
  const web = config.webConfigFile && readWebConfig(config.webConfigFile).config;
  await using listeners = await checkListeners(config, probe, web?.tls);
  const finding = (await leadsHere(config))
    ? ({ kind: "loop" } satisfies Finding)
    : await probe.ask(upstream);

  const checked: Checked[] = [
    { what: "upstream", found: upstream.origin + config.upstream.basePath, ok: true },
    await checkReachable(finding, config.upstream),
  ];
  if (finding.kind === "ollama" || finding.kind === "other") {
    checked.push(...checkState(await createStateReader({ upstream }).read(DEADLINE_MS)));
  }
  if (finding.kind !== "silent") checked.push(await checkLoop(finding, upstream, listeners));
  checked.push(...listeners.checked);
  if (web) checked.push(checkAccess(web));
  return { text: reportText(checked), ok: checked.every(({ ok }) => ok) };
}

async function leadsHere({ upstream, listen, metricsListen }: Config): Promise<boolean> {
  try {
    await refuseOwnAddress(upstream, metricsListen ? [listen, metricsListen] : [listen]);
    return false;
  } catch {
    return true;
  }
}
