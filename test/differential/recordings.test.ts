import { test } from "bun:test";
import type { Deviation } from "../support/deviations.ts";
import { createMessageReader } from "../support/message-reader.ts";
import { type Recording, recordings } from "../support/recordings.ts";
import { onBunTargets, type Row } from "./stage.ts";

/** Their requests or answers are of the kinds that the list names. */
const EXCEPT: Readonly<Record<string, readonly Deviation[]>> = {
  "cors-preflight": [
    "A request without a body gets a Content-Length of 0",
    "Fields of one name are joined",
  ],
  "cors-foreign": ["A request without a body gets a Content-Length of 0"],
  "double-slash": ["Slashes at the start of a path become one"],
  "dot-segments": ["Dot segments are resolved"],
};

/** The client leaves, or the exporter answers by itself. */
const ELSEWHERE = new Set(["chat-aborted", "host-foreign", "host-foreign-chat"]);

/** Every segment is written as soon as the client has all of the body that came before it. */
function rowOf({ name, method, request, response, segments, complete }: Recording): Row {
  const borders = [...segments.map(([, offset]) => offset), response.length];
  return [
    name,
    {
      request,
      async script({ client, server }) {
        await server.whole();
        const reader = createMessageReader(method);
        for (const [i, end] of borders.slice(1).entries()) {
          const segment = response.subarray(borders[i], end);
          server.write(segment);
          reader.push(segment);
          await client.has(reader.length);
        }
        if (!complete) server.destroy();
      },
    },
    ...(EXCEPT[name] ?? []),
  ];
}

const ROWS = recordings()
  .filter(({ name }) => !ELSEWHERE.has(name))
  .map(rowOf);

onBunTargets("A recorded exchange with Ollama", (stage) => {
  test.each(ROWS)("looks the same through the exporter: %s", async (_, exchange, ...except) => {
    await stage.alike(exchange, ...except);
  });
});
