import type { AnswerReader } from "../answer-reader.ts";
import type { Visit } from "../clients.ts";
import { expectThat } from "../expect.ts";
import { PLAY_FIELD } from "../plays.ts";
import { question } from "../question.ts";
import { asking, crowdMember } from "./chats.ts";

/** Milliseconds; the request has then reached an upstream that says nothing. */
const PATIENCE = 150;

/** Leaves before the first byte. */
export const earlyLeaver =
  (turn: number): Visit =>
  async ({ ask, counts }) => {
    const asked = asking(question(crowdMember(turn), turn, true));
    const fields = { [PLAY_FIELD]: "silent" };
    const answer = await ask({ ...asked, fields, leaveAfter: PATIENCE });
    expectThat(answer.status === 0, `status ${answer.status} from an upstream that is silent`);
    counts.left++;
  };

/** Leaves in the middle of an answer. */
export const midStreamLeaver =
  (turn: number): Visit =>
  async ({ ask, counts }) => {
    const asked = asking(question(crowdMember(turn), turn, true, 60));
    const answer = await ask({ ...asked, onData: leaveWhen((sofar) => sofar.chunks >= 3) });
    expectThat(answer.status === 200, `status ${answer.status} instead of 200`);
    expectThat(answer.chunks >= 3, "the answer is cut");
    counts.left++;
  };

/** Leaves as soon as the final object is there, without waiting for the end. */
export const lastLineLeaver =
  (turn: number): Visit =>
  async ({ ask, counts }) => {
    const asked = asking(question(crowdMember(turn), turn, true));
    const answer = await ask({ ...asked, onData: leaveWhen(isFinal) });
    expectThat(isFinal(answer), `no final object, status ${answer.status}`);
    counts.answered++;
    counts.left++;
  };

/** Leaves in the middle of its upload. */
export const uploadLeaver =
  (): Visit =>
  async ({ ask, counts }) => {
    const answer = await ask({
      path: `/api/blobs/sha256:${"0".repeat(64)}`,
      fields: { "Content-Length": 3_000_000 },
      body: Buffer.alloc(1_000_000),
      leaveAfter: PATIENCE,
    });
    expectThat(answer.status === 0, `status ${answer.status} to half an upload`);
    counts.left++;
  };

function isFinal(sofar: AnswerReader): boolean {
  return sofar.body.at(-1)?.includes(`"done":true`) ?? false;
}

function leaveWhen(isTime: (sofar: AnswerReader) => boolean) {
  return (sofar: AnswerReader): "leave" | undefined => (isTime(sofar) ? "leave" : undefined);
}
