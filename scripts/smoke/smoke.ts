import { CommandError } from "../../src/errors.ts";
import { passedThrough, streamedChat, wholeChat } from "./chats.ts";
import type { Deadline } from "./deadline.ts";
import { ends } from "./ends.ts";
import { checkHealth } from "./health.ts";
import { checkMetrics } from "./metrics.ts";
import type { Program } from "./program.ts";
import { startUpstream } from "./upstream.ts";
import { refusesTypo, revisionOf } from "./usage.ts";

type Check = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/**
 * Does every check until one fails, and tells of each.
 *
 * @returns whether all passed
 */
export async function smoke(
  program: Program,
  deadline: Deadline,
  tell: (line: string) => void,
): Promise<boolean> {
  let current = "";
  const check: Check = async (name, work) => {
    current = name;
    const result = await work();
    tell(`ok      ${name}`);
    return result;
  };
  try {
    await checkAll(program, deadline, check);
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    tell(`FAILED  ${current}\n  ${error.message}\n  stderr:\n${program.said()}`);
    return false;
  }
}

async function checkAll(program: Program, deadline: Deadline, check: Check): Promise<void> {
  const revision = await check("--version tells the version", () => revisionOf(program));
  await check("a typo in a flag is refused by its name", () => refusesTypo(program));

  await using upstream = await startUpstream();
  await using exporter = program.start("--upstream", upstream.url, "--listen", "127.0.0.1:0");
  const [, address = ""] = await check("it starts and says where it listens", () =>
    exporter.says(/listens on (127\.0\.0\.1:\d+)/, '"listens on 127.0.0.1:PORT" in the log'),
  );
  const stage = { url: `http://${address}`, upstream, deadline };

  await check("its health check passes", () => checkHealth(program, address, 0));
  await check("a streamed chat arrives chunk by chunk", () => streamedChat(stage));
  await check("a chat in one piece arrives", () => wholeChat(stage));
  await check("any other request passes through", () => passedThrough(stage));
  await check("/metrics has the counts, the tokens and the version", () =>
    checkMetrics(stage, revision),
  );
  await check(ends.name, () => ends.check(exporter));
  await check("its health check fails when it is gone", () => checkHealth(program, address, 1));
}
