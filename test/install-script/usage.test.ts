import { expect } from "bun:test";
import { latestUrl } from "../../scripts/build/project.ts";
import { createMachine } from "./machine.ts";
import { unixTest } from "./unix-test.ts";

unixTest("--help shows every option and variable, and how to call it", async () => {
  await using machine = await createMachine();
  const { code, stdout, stderr } = await machine.install({ from: "", args: ["--help"] });
  expect(code).toBe(0);
  expect(stderr).toBe("");
  expect(stdout).toContain(`curl -fsSL ${latestUrl("install.sh")} | sh\n`);
  for (const word of ["--dir DIR", "--uninstall", "--help"]) expect(stdout).toContain(word);
  for (const word of ["INSTALL_DIR", "DOWNLOAD_URL"]) {
    expect(stdout).toContain(`OLLAMA_EXPORTER_${word}`);
  }
});

unixTest.each([
  [["--prefix=/usr"], "unknown option: --prefix=/usr"],
  [["--dir", "/x", "0.1.0"], "unknown option: 0.1.0"],
  [["--dir"], "--dir needs a directory"],
  [["--dir", ""], "--dir needs a directory"],
  [["--dir", "--uninstall"], "--dir needs a directory"],
  [["--dir="], "unknown option: --dir="],
])("%j is an error that names it", async (args, message) => {
  await using machine = await createMachine();
  const { code, stdout, stderr } = await machine.install({ from: "file:///none", args });
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toBe(`install.sh: ${message}; see --help\n`);
});
