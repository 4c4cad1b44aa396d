import { expect, test } from "bun:test";
import { BUN, PACKAGES } from "../../scripts/pack/contents.ts";
import { declaredLicense } from "../../scripts/pack/declared-license.ts";
import { licenseTexts } from "../../scripts/pack/license-texts.ts";
import { thirdPartyLicenses } from "../../scripts/pack/third-party.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { temporaryPackage } from "./temporary-package.ts";

const text = await thirdPartyLicenses();

test.each(PACKAGES.map(({ name, version }) => [name, version]))(
  "the license of %s is there in full",
  async (name, version) => {
    const license = await Bun.file(`${ROOT}node_modules/${name}/LICENSE`).text();
    expect(text).toContain(`\n${name} ${version} (`);
    expect(text).toContain(`\n${license.trimEnd()}\n`);
  },
);

test("licenses of what was bundled into a package are there", () => {
  expect(text).toContain("Repository: https://github.com/unjs/scule");
});

test("what Bun links is there, with the license that asks for its own text", () => {
  expect(text).toContain(`\nBun ${BUN.version} (MIT)\n`);
  expect(text).toContain(BUN.licenses);
  expect(text).toContain("| [`boringssl`](https://boringssl.googlesource.com/boringssl/) |");
  expect(text).toContain("GNU LESSER GENERAL PUBLIC LICENSE");
  // The chapter on Bun names two libraries under the LGPL: JavaScriptCore, and this one of the table.
  expect(text.match(/^\|.*LGPL.*$/gm)).toEqual([expect.stringContaining("`tinycc`")]);
});

test("the notices name no file of this machine", () => {
  expect(text).not.toContain(ROOT);
});

test("a package without a license file is an error that names it", async () => {
  await using unlicensed = await temporaryPackage({
    "README.md": "MIT",
    "src/license.js": "export {};",
    "node_modules/needed/LICENSE": "MIT License",
  });
  expect(await licenseTexts("left-out", unlicensed.folder).catch(String)).toContain(
    "Error: left-out has no license file, and a release must have its text",
  );
});

test("notices are kept beside the license", async () => {
  await using noticed = await temporaryPackage({
    "LICENSE-APACHE.txt": "Apache License\n",
    NOTICE: "made by somebody\n",
  });
  expect(await licenseTexts("noticed", noticed.folder)).toEqual([
    "Apache License",
    "made by somebody",
  ]);
});

test("a package that declares no license is an error that names it", async () => {
  await using undeclared = await temporaryPackage({ "package.json": '{ "name": "mute" }' });
  expect(await declaredLicense(undeclared.folder).catch(String)).toBe(
    "Error: mute declares no license",
  );
});
