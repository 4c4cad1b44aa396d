import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { PROJECT } from "./project.ts";

/** Resource types (winuser.h) that show Bun's picture. */
const RT_ICON = 3;
const RT_GROUP_ICON = 14;

/** US English, UTF-16. */
const LANGUAGE = { lang: 1033, codepage: 1200 };

/**
 * A Windows runtime that says it is ollama-exporter where Explorer shows a file's details. It is put
 * in before the program is appended: `--windows-version` and its like work on Windows only.
 */
export function withVersionResource(runtime: ArrayBuffer): Buffer {
  // Its signature is Bun's and does not cover what is appended.
  const executable = NtExecutable.from(runtime, { ignoreCert: true });
  const resources = NtExecutableResource.from(executable);
  resources.entries = resources.entries.filter(
    ({ type }) => type !== RT_ICON && type !== RT_GROUP_ICON,
  );
  const [info] = Resource.VersionInfo.fromEntries(resources.entries);
  if (info === undefined) throw new Error("the Windows runtime has no version resource");
  const { name, version, description, home, license } = PROJECT;
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  info.removeAllStringValues(LANGUAGE);
  info.setFileVersion(major, minor, patch, 0);
  info.setProductVersion(major, minor, patch, 0);
  info.setStringValues(LANGUAGE, {
    CompanyName: home,
    FileDescription: description,
    FileVersion: version,
    InternalName: name,
    LegalCopyright: `${license} license`,
    OriginalFilename: `${name}.exe`,
    ProductName: name,
    ProductVersion: version,
  });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(executable);
  return Buffer.from(executable.generate());
}
