import { fileURLToPath } from "node:url";

/** One step of a job: it uses an action or runs a script. */
export interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

interface Job {
  readonly "timeout-minutes"?: number;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly include?: readonly Record<string, string>[] } };
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const WORKFLOWS = ["ci.yml", "release.yml"] as const;

export function readText(name: string): Promise<string> {
  return Bun.file(
    fileURLToPath(new URL(`../../.github/workflows/${name}`, import.meta.url)),
  ).text();
}

export async function readWorkflow(name: string): Promise<Workflow> {
  return Bun.YAML.parse(await readText(name)) as Workflow;
}

/** Every step of a workflow with the name of its job. */
export function stepsOf({ jobs }: Workflow): (readonly [job: string, step: Step])[] {
  return Object.entries(jobs).flatMap(([name, { steps }]) =>
    steps.map((step) => [name, step] as const),
  );
}
