import { describe, expect, test } from "bun:test";
import { skipWithout } from "../support/skip-without.ts";
import { IMAGE, type Scene, setScene } from "./scene.ts";

const TIMEOUT = 90_000;
const LOOPBACK = "127.0.0.1";

const reason = process.platform === "linux" ? skipWithout("curl") : "skipped: it is for Linux";

/** How the containers ended: all of them have. */
async function endings(scene: Scene): Promise<string[]> {
  const started = await scene.files("pid");
  const codes = (await scene.files("code")).map((code) => code.trim());
  expect(codes).toHaveLength(started.length);
  return codes.toSorted();
}

describe.skipIf(reason !== undefined)(
  `scripts/ci/image-smoke.sh${reason ? ` (${reason})` : ""}`,
  () => {
    test(
      "tries an image, takes every privilege from it, and leaves no container",
      async () => {
        await using scene = await setScene([]);
        const { code, stdout, stderr } = await scene.run("image-smoke.sh", [IMAGE, LOOPBACK]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
        expect(stdout.split("\n").filter((line) => line.startsWith("ok "))).toHaveLength(13);
        const calls = await scene.calls();
        const runs = calls.filter((call) => call.startsWith("run "));
        expect(runs).toHaveLength(2);
        for (const run of runs) {
          expect(run).toContain("--read-only --cap-drop ALL --security-opt no-new-privileges");
        }
        expect(await endings(scene)).toEqual(["0", "137"]);
      },
      TIMEOUT,
    );

    test(
      "fails with the log, and leaves no container, when the image is another version",
      async () => {
        await using scene = await setScene([]);
        const { code, stdout, stderr } = await scene.run("image-smoke.sh", [IMAGE, LOOPBACK], {
          PLAYED_VERSION: "9.9.9",
        });
        expect(code).toBe(1);
        expect(stdout).toContain("ok      it has counted the chat\n");
        expect(stderr).toContain("FAILED  it is the version of its label\n");
        expect(stderr).toContain("listens on");
        expect(await endings(scene)).toEqual(["137"]);
      },
      TIMEOUT,
    );

    test("refuses a call without an image", async () => {
      await using scene = await setScene([]);
      const { code, stderr } = await scene.run("image-smoke.sh", []);
      expect(code).toBe(2);
      expect(stderr).toStartWith("usage: ");
      expect(await scene.calls()).toEqual([]);
    });
  },
);
