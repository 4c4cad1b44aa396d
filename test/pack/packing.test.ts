import { expect, test } from "bun:test";
import { growTree } from "./project-tree.ts";

const NO_DPKG = { PATH: "/nonexistent" };

test("A release replaces the one of an earlier run, and every file of it has its checksum", async () => {
  await using tree = await growTree({ compiled: true });
  for (const file of ["checksums.txt", "release-notes.md", "old.deb", "packing/half.deb"]) {
    await tree.write(`dist/${file}`, "of an earlier run");
  }
  await tree.write("dist/ollama-exporter", "the program of this machine");

  const { code, stderr } = await tree.run(["scripts/pack.ts"], NO_DPKG);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const files = (await tree.list("dist")).filter((name) => name.includes("."));
  const sums = await tree.read("dist/checksums.txt");
  const summed = sums
    .trimEnd()
    .split("\n")
    .map((line) => line.slice(66));
  expect(files).toEqual([...summed, "checksums.txt"].toSorted());
  // An archive of each of the ten programs, the SBOM and the install script.
  expect(summed).toHaveLength(12);
  const others = (await tree.list("dist")).filter((name) => !name.includes("."));
  expect(others).toEqual(["ollama-exporter", "programs"]);
  expect(await tree.leftovers()).toEqual([]);
});

test("Compiling takes the packed files of an earlier run away and says of what the programs are", async () => {
  await using tree = await growTree();
  for (const file of ["checksums.txt", "old.deb", "compiling/bun.exe", "programs/old/program"]) {
    await tree.write(`dist/${file}`, "of an earlier run");
  }
  await tree.write("dist/ollama-exporter", "the program of this machine");

  const { code, stderr } = await tree.run(["scripts/compile-all.ts"]);

  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(await tree.list("dist")).toEqual(["ollama-exporter", "programs"]);
  expect(await tree.list("dist/programs")).not.toContain("old");
  expect(await tree.read("dist/programs/linux_x64-musl/ollama-exporter")).toBe("unknown");
  expect(await tree.read("dist/programs/REVISION")).toBe("unknown\n");
  expect(await tree.run(["scripts/pack.ts"], NO_DPKG)).toMatchObject({ code: 0 });
});

test("A program that does not compile is told with the reason, and what was there stays", async () => {
  await using tree = await growTree({ compiled: true });
  const real = Bun.file(new URL("../../scripts/build/compile.ts", import.meta.url));
  await tree.write("scripts/build/compile.ts", await real.text());
  await tree.write("src/main.ts", 'import "./missing.ts";');
  for (const script of ["compile-all", "build"]) {
    const { code, stderr } = await tree.run([`scripts/${script}.ts`]);
    expect(stderr).toStartWith(`${script}: `);
    expect(stderr).toContain("./missing.ts");
    expect(code).toBe(1);
  }
  expect(await tree.read("dist/programs/linux_x64/ollama-exporter")).toBe(
    "the program of linux_x64",
  );
  expect(await tree.list("dist")).toEqual(["programs"]);
});
