/** What an image of a Dockerfile is made of and starts with. */
export interface ImageConfig {
  /** The image that it stands on. */
  readonly base: string;
  /** Destinations by the file in the build context. */
  readonly copied: ReadonlyMap<string, string>;
  readonly env: Readonly<Record<string, string>>;
  readonly user: string;
  readonly workdir: string;
  readonly exposed: readonly string[];
  /** Build arguments of the last stage. */
  readonly args: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  readonly healthcheck: readonly string[];
  readonly entrypoint: readonly string[];
}

interface Instruction {
  readonly name: string;
  readonly rest: string;
}

/**
 * Reads as much of the language as ours uses, for one architecture as Docker calls it. Throws at
 * everything else, so that no line goes untested.
 */
export function readDockerfile(text: string, architecture: string): ImageConfig {
  const stages = new Map<string, Instruction[]>();
  let stage: Instruction[] = [];
  for (const instruction of instructions(text)) {
    if (instruction.name === "FROM") {
      const [from = "", as, name = ""] = words(
        instruction.rest.replace("${TARGETARCH}", architecture),
      );
      if (as !== undefined && as !== "AS")
        throw new Error(`not understood: FROM ${instruction.rest}`);
      stage = [...(stages.get(from) ?? [{ name: "BASE", rest: from }])];
      stages.set(name, stage);
    } else stage.push(instruction);
  }
  return configOf(stage);
}

function instructions(text: string): Instruction[] {
  const lines = text.split("\n").filter((line) => !/^\s*#/.test(line));
  const joined = lines.join("\n").replaceAll(/\\\n/g, " ").split("\n");
  return joined
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, name = "", rest = ""] = /^([A-Z]+)\s+(.*?)\s*$/.exec(line) ?? [];
      if (name === "") throw new Error(`not understood: ${line}`);
      return { name, rest };
    });
}

function configOf(stage: readonly Instruction[]): ImageConfig {
  const of = (name: string): string[] =>
    stage.filter((instruction) => instruction.name === name).map(({ rest }) => rest);
  const known = "BASE COPY ENV USER WORKDIR EXPOSE ARG LABEL HEALTHCHECK ENTRYPOINT".split(" ");
  const other = stage.find(({ name }) => !known.includes(name));
  if (other) throw new Error(`not understood: ${other.name} ${other.rest}`);
  const [, healthcheck = ""] = /\bCMD\s+(\[.*)$/.exec(of("HEALTHCHECK").at(-1) ?? "") ?? [];
  return {
    base: of("BASE").at(-1) ?? "",
    copied: new Map(of("COPY").map(copied)),
    env: assignments(of("ENV")),
    user: of("USER").at(-1) ?? "",
    workdir: of("WORKDIR").at(-1) ?? "",
    exposed: of("EXPOSE"),
    args: of("ARG"),
    labels: assignments(of("LABEL")),
    healthcheck: JSON.parse(healthcheck) as string[],
    entrypoint: JSON.parse(of("ENTRYPOINT").at(-1) ?? "") as string[],
  };
}

function copied(rest: string): [string, string] {
  const [mode, from = "", to = "", ...more] = words(rest);
  // An archive of a workflow forgets modes.
  if (mode !== "--chmod=755" || more.length > 0) throw new Error(`not understood: COPY ${rest}`);
  return [from, to];
}

function assignments(rests: readonly string[]): Record<string, string> {
  const pairs = rests.flatMap((rest) => [...rest.matchAll(/([\w.]+)=(?:"([^"]*)"|(\S+))/g)]);
  return Object.fromEntries(
    pairs.map(([, name = "", inQuotes, bare]) => [name, inQuotes ?? bare ?? ""]),
  );
}

function words(rest: string): string[] {
  return rest.split(/\s+/);
}
