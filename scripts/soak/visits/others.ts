import type { Visit } from "../clients.ts";
import { expectAnswer, expectThat, textOf } from "../expect.ts";
import { BUSY, EMBEDDING, MODELS } from "../models.ts";
import { BODIES, PLAY_FIELD } from "../plays.ts";
import { asPrompt, expectReply, question } from "../question.ts";
import { asking, crowdMember } from "./chats.ts";

/** Bytes. */
const BLOB = 3_000_000;

/** Milliseconds that a slow reader waits before it reads at all, and after each read. */
const STALL = 1000;
const PAUSE = 3;

/** `/api/generate` passes unmeasured. */
export const generate =
  (turn: number): Visit =>
  async ({ ask }) => {
    const [model] = BUSY;
    const asked = question(model, turn, turn % 2 === 0);
    const answer = await ask({ path: "/api/generate", body: JSON.stringify(asPrompt(asked)) });
    expectReply(answer, asked, model);
  };

/** What a client looks at before it asks, on one connection. */
export const lookAround =
  (): Visit =>
  async ({ askAll }) => {
    const [version, tags] = await askAll([
      { method: "GET", path: "/api/version" },
      { method: "GET", path: "/api/tags" },
    ]);
    expectAnswer(version!, 200, `{"version":"0.24.0"}`);
    expectAnswer(tags!, 200);
    const { models } = JSON.parse(textOf(tags!));
    expectThat(models.length === MODELS.length, `${models.length} models`);
  };

export const embed =
  (turn: number): Visit =>
  async ({ ask }) => {
    const input = [`first ${turn}`, `second ${turn}`];
    const body = JSON.stringify({ model: EMBEDDING.name, input });
    const answer = await ask({ path: "/api/embed", body });
    expectAnswer(answer, 200);
    const { embeddings } = JSON.parse(textOf(answer));
    const sizes = embeddings.map((vector: number[]) => vector.length);
    expectThat(String(sizes) === "768,768", `embeddings of ${sizes}`);
  };

/** Ollama takes a blob only if it has the digest that its name says. */
export const upload =
  (turn: number): Visit =>
  async ({ ask }) => {
    const body = Buffer.alloc(BLOB, `blob ${turn} `);
    const digest = new Bun.CryptoHasher("sha256").update(body).digest("hex");
    expectAnswer(await ask({ path: `/api/blobs/sha256:${digest}`, body }), 201);
  };

/** Reads some megabytes that the upstream sends at once, slowly. */
export const slowReader =
  (turn: number): Visit =>
  async ({ ask, counts }) => {
    let waited = false;
    const answer = await ask({
      ...asking(question(crowdMember(turn), turn, true)),
      fields: { [PLAY_FIELD]: "flood" },
      onData() {
        const wait = waited ? PAUSE : STALL;
        waited = true;
        return Bun.sleep(wait);
      },
    });
    if (answer.whole && answer.status === 200) counts.answered++;
    expectAnswer(answer, 200, BODIES.flood);
  };
