import { expect, test } from "bun:test";
import { AS_CHILD, IN_PLACE, onEachWay } from "./ways.ts";

const LIMIT = "BUN_CONFIG_MAX_HTTP_REQUESTS";
const MOST_HEAD = 1024 * 1024;

onEachWay(
  [...IN_PLACE, ...AS_CHILD].filter(({ compiled }) => !compiled),
  (startEntry) => {
    test("from source, heads may be as long as in the binary", async () => {
      const program = await startEntry();
      expect(program.got.maxHeaderSize).toBe(MOST_HEAD);
    });
  },
);

onEachWay(
  IN_PLACE.filter(({ compiled }) => !compiled),
  (startEntry) => {
    test("they may be so beside a limit that the user has set", async () => {
      const program = await startEntry(["--", "x"], { [LIMIT]: "10" });
      expect(program.got).toMatchObject({ args: ["x"], maxHeaderSize: MOST_HEAD });
      expect(program.got.env[LIMIT]).toBe("10");
    });

    test("a length that the user has set is kept", async () => {
      const env = { BUN_OPTIONS: "--max-http-header-size=20000" };
      const program = await startEntry([], env);
      expect(program.got.maxHeaderSize).toBe(20_000);
      expect(program.got.env[LIMIT]).toBe("65336");
    });
  },
);
