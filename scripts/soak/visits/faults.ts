import type { AnswerReader } from "../answer-reader.ts";
import type { Visit } from "../clients.ts";
import { expectAnswer, expectBroken } from "../expect.ts";
import { BODIES, PLAY_FIELD } from "../plays.ts";
import { question } from "../question.ts";
import { asking, crowdMember } from "./chats.ts";

type Check = (answer: AnswerReader) => void;

/** A chat that the upstream answers with what it is asked to play. */
export function played(play: string, check: Check): (turn: number) => Visit {
  return (turn) =>
    async ({ ask, counts }) => {
      const asked = asking(question(crowdMember(turn), turn, true));
      const answer = await ask({ ...asked, fields: { [PLAY_FIELD]: play } });
      const isWhole = answer.whole && answer.status === 200;
      // What it ends with may be compressed.
      if (isWhole && play !== "error-line") counts.answered++;
      if (isWhole && play === "bad-lines") counts.badLines++;
      check(answer);
    };
}

const unanswered: Check = (answer) => expectAnswer(answer, 502);
const exactly =
  (status: number, body: string | Buffer): Check =>
  (answer) =>
    expectAnswer(answer, status, body);

/** Each way in which an upstream fails or surprises. */
export const FAULTS: readonly (readonly [play: string, check: Check])[] = [
  ["close", unanswered],
  ["not-http", unanswered],
  ["reset", expectBroken],
  ["cut", expectBroken],
  ["bad-lines", exactly(200, BODIES.badLines)],
  ["error-line", exactly(200, BODIES.errorLine)],
  ["error-500", exactly(500, BODIES.error500)],
  ["gzip", exactly(200, BODIES.gzip)],
];
