import { parseAllDocuments } from "yaml";
import { KIT } from "../../src/kit/kit.ts";
import type { Container, PodSpec } from "./pod.ts";

export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly spec: unknown;
}

/** What `print kubernetes` prints, document by document. */
export const RESOURCES: readonly Resource[] = parseAllDocuments(KIT.kubernetes).map((document) => {
  const [error] = document.errors;
  if (error !== undefined) throw error;
  return document.toJS() as Resource;
});

/** The spec of the one resource of this kind. */
export function specOf(kind: string): unknown {
  const [resource, another] = RESOURCES.filter((one) => one.kind === kind);
  if (resource === undefined || another !== undefined) throw new Error(`there is no one ${kind}`);
  return resource.spec;
}

const { template } = specOf("StatefulSet") as { template: { spec: PodSpec } };

export const POD = template.spec;
export const EXPORTER = only(POD.initContainers ?? []);
export const OLLAMA = only(POD.containers);

/** The value of one of the exporter's flags. */
export function flag(name: string): string {
  const start = `--${name}=`;
  const given = EXPORTER.args?.find((word) => word.startsWith(start));
  if (given === undefined) throw new Error(`the manifest has no ${start}`);
  return given.slice(start.length);
}

function only(containers: readonly Container[]): Container {
  const [container, another] = containers;
  if (container === undefined || another !== undefined)
    throw new Error("there is no one container");
  return container;
}
