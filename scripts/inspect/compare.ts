import { PROJECT } from "../build/project.ts";
import { EXPECTATIONS, type Expectation, type ReleaseTarget } from "./expectations.ts";
import type { PeFacts } from "./pe.ts";
import type { ProgramFacts } from "./program.ts";
import { signatureFaults } from "./signature-faults.ts";
import { isNewer, newestGlibc } from "./version-order.ts";

/** Something that is not as it should be. */
export interface Problem {
  readonly what: string;
  readonly found: string;
  readonly expected: string;
}

/** What is wrong with a program; its signature only counts if it is to be the final one. */
export function problemsOf(
  { name, arch }: ReleaseTarget,
  facts: ProgramFacts,
  strictSignatures: boolean,
): readonly Problem[] {
  const expectation = EXPECTATIONS[name];
  const { format, libraries } = expectation;
  if (facts.format !== format) return [{ what: "format", found: facts.format, expected: format }];
  const foreign = facts.libraries.filter((library) => !libraries.includes(library));
  return [
    ...unequal("machine", facts.machine, arch),
    ...unequal("libraries", foreign.join(" "), "", `none but ${libraries.join(" ")}`),
    ...systemProblems(facts, expectation),
    ...(facts.format === "Mach-O" && strictSignatures ? signatureProblems(facts) : []),
  ];
}

function systemProblems(facts: ProgramFacts, expectation: Expectation): readonly Problem[] {
  if (facts.format === "PE") return windowsProblems(facts);
  const interpreter = unequal("interpreter", facts.interpreter, expectation.interpreter);
  return facts.format === "ELF"
    ? [...interpreter, ...tooNew("glibc", newestGlibc(facts.symbolVersions), expectation.glibc)]
    : [...interpreter, ...tooNew("macOS", facts.macos, expectation.macos)];
}

function windowsProblems(facts: PeFacts): readonly Problem[] {
  const { subsystem, certificateBytes, versions } = facts;
  const { name, version } = PROJECT;
  const [release = ""] = version.split("-");
  const said = versions.map(({ fileVersion, strings }) =>
    [strings["ProductName"], strings["ProductVersion"], fileVersion].join(" "),
  );
  return [
    ...unequal("subsystem", subsystem, "console"),
    // Bun's own signature does not hold for what is built from Bun.
    ...unequal("bytes of an Authenticode signature", `${certificateBytes}`, "0"),
    ...unequal("version resource", said.join(", "), `${name} ${version} ${release}.0`),
  ];
}

function signatureProblems(facts: ProgramFacts & { readonly format: "Mach-O" }): Problem[] {
  return unequal(
    "signature",
    signatureFaults(facts.signature).join(", "),
    "",
    "sound on every page",
  );
}

function tooNew(what: string, found = "", most = ""): readonly Problem[] {
  if (!isNewer(found, most)) return [];
  return [{ what, found, expected: most === "" ? "none" : `${most} at most` }];
}

function unequal(what: string, found = "", wanted = "", expected = wanted): Problem[] {
  return found === wanted ? [] : [{ what, found: found || "none", expected: expected || "none" }];
}
