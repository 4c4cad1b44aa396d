import { describe, expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { parseDuration } from "../../src/cli/duration.ts";
import { EXPORTER, flag, OLLAMA, POD, type Resource, RESOURCES, specOf } from "./manifest.ts";
import { schemaFaults } from "./schema-faults.ts";

const PROXY = portOf("listen");
const OWN = portOf("metrics-listen");

/** The flags name ports alone, on every interface: kubelet comes to the pod's address. */
function portOf(name: string): number {
  const [, port = ""] = /^:(\d+)$/.exec(flag(name)) ?? [];
  return Number(port);
}

function seconds(name: string): number {
  return parseDuration(flag(name), name) / 1000;
}

describe("Each resource keeps to the published schema of its kind", () => {
  for (const resource of RESOURCES) {
    test(resource.kind, () => {
      expect(schemaFaults(resource)).toEqual([]);
    });
  }

  for (const [what, change, fault] of [
    ["a misspelled field", { replica: 1 }, "/spec/replica is unknown"],
    ["a field of the wrong type", { replicas: "one" }, "/spec/replicas must be integer"],
    ["a missing field", { selector: undefined }, "/spec must have required property"],
    [
      "a misspelled field of a container",
      { template: { spec: { containers: [{ name: "ollama", livnessProbe: {} }] } } },
      "/spec/template/spec/containers/0/livnessProbe is unknown",
    ],
  ] as const) {
    test(`${what} is found`, () => {
      const resource = RESOURCES.find(({ kind }) => kind === "StatefulSet") as Resource;
      const spec = { ...(resource.spec as object), ...change };
      expect(schemaFaults({ ...resource, spec }).join("\n")).toContain(fault);
    });
  }
});

test("clients of the Service reach the exporter, and it alone reaches Ollama", () => {
  const { ports } = specOf("Service") as { ports: unknown[] };
  expect(ports).toEqual([expect.objectContaining({ port: 11434, targetPort: PROXY })]);
  const host = OLLAMA.env?.find(({ name }) => name === "OLLAMA_HOST")?.value ?? "";
  expect(host).toStartWith("127.0.0.1:");
  expect(flag("upstream")).toBe(`http://${host}`);
});

test("Prometheus is sent to the listener of the metrics, by the name of its port", () => {
  const { podMetricsEndpoints } = specOf("PodMonitor") as { podMetricsEndpoints: object[] };
  const [metrics] = EXPORTER.ports?.filter(({ containerPort }) => containerPort === OWN) ?? [];
  expect(podMetricsEndpoints).toEqual([expect.objectContaining({ port: metrics?.name })]);
  expect(metrics?.name).toBeString();
});

test("both listeners are open to others, and to no more than need them", () => {
  const { ingress } = specOf("NetworkPolicy") as { ingress: unknown[] };
  expect(ingress).toEqual([
    { from: [{ podSelector: {} }], ports: [{ port: PROXY }] },
    { from: [{ namespaceSelector: {} }], ports: [{ port: OWN }] },
  ]);
});

test("the selectors and the job of the PodMonitor find the pod's label", () => {
  const label = { "app.kubernetes.io/name": "ollama" };
  const matching = { matchLabels: label };
  expect(specOf("Service")).toMatchObject({ selector: label });
  expect(specOf("NetworkPolicy")).toMatchObject({ podSelector: matching });
  expect(specOf("PodMonitor")).toMatchObject({
    selector: matching,
    jobLabel: Object.keys(label)[0],
  });
  expect(specOf("StatefulSet")).toMatchObject({
    selector: matching,
    template: { metadata: { labels: label } },
  });
});

test("the exporter is a native sidecar, which starts before Ollama and ends after it", () => {
  expect(EXPORTER.restartPolicy).toBe("Always");
});

test("probes and the hook ask for what there is where they ask for it", () => {
  const own = (path: string) => expect.objectContaining({ httpGet: { path, port: OWN } });
  expect(EXPORTER).toMatchObject({
    startupProbe: own("/-/healthy"),
    readinessProbe: own("/-/ready"),
    livenessProbe: own("/-/healthy"),
  });
  expect(OLLAMA.lifecycle).toEqual({
    preStop: { httpGet: { path: "/-/idle?timeout=300s", port: OWN } },
  });
  expect(OLLAMA.readinessProbe).toEqual({ httpGet: { path: "/api/version", port: PROXY } });
});

test("the pod has five minutes for its answers, and what the exporter takes after them", () => {
  const { terminationGracePeriodSeconds } = POD;
  expect(terminationGracePeriodSeconds).toBe(
    300 + seconds("drain-delay") + seconds("grace-period"),
  );
});

test("the exporter's image is the one of this version", () => {
  expect(EXPORTER.image).toBe(`${PROJECT.image}:${PROJECT.version}`);
});
