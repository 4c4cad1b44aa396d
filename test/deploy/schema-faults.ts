import { PodMonitor } from "@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { Service } from "kubernetes-models/v1/Service";
import type { Resource } from "./manifest.ts";
import { unaskedFields } from "./unasked-fields.ts";

/** Each knows the schema that Kubernetes or the Prometheus Operator publishes. */
const MODELS = { Service, StatefulSet, NetworkPolicy, PodMonitor };

/** What a resource breaks in the published schema of its kind, unknown fields included. */
export function schemaFaults(resource: Resource): string[] {
  const { validate } = MODELS[resource.kind as keyof typeof MODELS].prototype;
  const faults: string[] = [];
  const unasked = unaskedFields(resource, (watched) => {
    try {
      // On the resource itself: a model would be a copy of it, and has read all fields.
      validate.call(watched);
    } catch (error) {
      faults.push(String(error));
    }
  });
  return [...faults, ...unasked.map((field) => `${field} is unknown`)];
}
