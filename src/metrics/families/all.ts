import type { CreateFamily } from "../family.ts";
import { buildInfo } from "./build-info.ts";
import { evalDuration } from "./eval-duration.ts";
import { installedModelInfo } from "./installed-model-info.ts";
import { installedModelSize } from "./installed-model-size.ts";
import { linesSkipped } from "./lines-skipped.ts";
import { loadDuration } from "./load-duration.ts";
import { loadedModelContext } from "./loaded-model-context.ts";
import { loadedModelExpiry } from "./loaded-model-expiry.ts";
import { loadedModelSize } from "./loaded-model-size.ts";
import { loadedModelVram } from "./loaded-model-vram.ts";
import { modelOverflow } from "./model-overflow.ts";
import { phases } from "./phases.ts";
import { probeDuration } from "./probe-duration.ts";
import { probeSuccess } from "./probe-success.ts";
import { processFamilies } from "./process.ts";
import { promptCachedTokens } from "./prompt-cached-tokens.ts";
import { promptEvalDuration } from "./prompt-eval-duration.ts";
import { queueDuration } from "./queue-duration.ts";
import { requestFailures } from "./request-failures.ts";
import { requestsInFlight } from "./requests-in-flight.ts";
import { requests } from "./requests.ts";
import { responseSeconds } from "./response-seconds.ts";
import { responsesFinished } from "./responses-finished.ts";
import { responsesWithoutUsage } from "./responses-without-usage.ts";
import { timePerOutputToken } from "./time-per-output-token.ts";
import { timeToFirstToken } from "./time-to-first-token.ts";
import { tokensGenerated } from "./tokens-generated.ts";
import { tokensPerSecond } from "./tokens-per-second.ts";
import { tokensProcessed } from "./tokens-processed.ts";
import { ollamaUp } from "./up.ts";
import { unmeasuredRequests } from "./unmeasured-requests.ts";
import { versionInfo } from "./version-info.ts";

/** What the page shows, in its order; a new family is its file and its row. */
export const FAMILIES: readonly CreateFamily[] = [
  requests,
  responsesFinished,
  requestFailures,
  requestsInFlight,
  responseSeconds,
  timeToFirstToken,
  timePerOutputToken,
  queueDuration,
  loadDuration,
  promptEvalDuration,
  evalDuration,
  tokensProcessed,
  promptCachedTokens,
  tokensGenerated,
  tokensPerSecond,
  responsesWithoutUsage,
  phases,
  ollamaUp,
  probeSuccess,
  probeDuration,
  versionInfo,
  loadedModelSize,
  loadedModelVram,
  loadedModelExpiry,
  loadedModelContext,
  installedModelSize,
  installedModelInfo,
  unmeasuredRequests,
  modelOverflow,
  linesSkipped,
  buildInfo,
  processFamilies,
];
