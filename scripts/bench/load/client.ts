/** The clients of the bench, all in one process. */
import { answerCalls } from "../worker.ts";
import { closeStreams, collect, openStreams, startCollecting, stopCollecting } from "./streams.ts";
import { transfer } from "./transfer.ts";
import { closedLoop } from "./closed-loop.ts";

answerCalls({
  openStreams,
  collect,
  startCollecting,
  stopCollecting,
  closeStreams,
  closedLoop,
  transfer,
});
