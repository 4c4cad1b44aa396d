import { describe, expect, test } from "bun:test";
import { EXPORTER, OLLAMA, POD } from "./manifest.ts";
import type { PodSpec } from "./pod.ts";
import { brokenRules, RULES } from "./restricted-rules.ts";

/** The manifest's pod with something else in the exporter's container, in Ollama's, or in itself. */
function withExporter(change: object): PodSpec {
  return { ...POD, initContainers: [{ ...EXPORTER, ...change }] };
}
function withOllama(change: object): PodSpec {
  return { ...POD, containers: [{ ...OLLAMA, ...change }] };
}
function withPod(change: object): PodSpec {
  return { ...POD, ...change };
}

const exporterContext = (change: object): PodSpec =>
  withExporter({ securityContext: { ...EXPORTER.securityContext, ...change } });
const ollamaContext = (change: object): PodSpec =>
  withOllama({ securityContext: { ...OLLAMA.securityContext, ...change } });
const podContext = (change: object): PodSpec =>
  withPod({ securityContext: { ...POD.securityContext, ...change } });

const VIOLATIONS: Readonly<Record<keyof typeof RULES, readonly PodSpec[]>> = {
  HostProcess: [podContext({ windowsOptions: { hostProcess: true } })],
  "Host Namespaces": [
    withPod({ hostNetwork: true }),
    withPod({ hostPID: true }),
    withPod({ hostIPC: true }),
  ],
  "Privileged Containers": [ollamaContext({ privileged: true })],
  "HostPath Volumes": [withPod({ volumes: [{ name: "models", hostPath: { path: "/models" } }] })],
  "Host Ports": [withExporter({ ports: [{ containerPort: 8000, hostPort: 8000 }] })],
  "Host Probes / Lifecycle Hooks": [
    withExporter({ readinessProbe: { httpGet: { host: "127.0.0.1", path: "/", port: 9877 } } }),
    withOllama({ lifecycle: { preStop: { httpGet: { host: "::1", path: "/", port: 9877 } } } }),
    withOllama({ livenessProbe: { tcpSocket: { host: "127.0.0.1", port: 11434 } } }),
  ],
  AppArmor: [ollamaContext({ appArmorProfile: { type: "Unconfined" } })],
  SELinux: [
    podContext({ seLinuxOptions: { user: "system_u" } }),
    podContext({ seLinuxOptions: { role: "system_r" } }),
    ollamaContext({ seLinuxOptions: { type: "spc_t" } }),
  ],
  "/proc Mount Type": [exporterContext({ procMount: "Unmasked" })],
  Sysctls: [podContext({ sysctls: [{ name: "kernel.msgmax", value: "65536" }] })],
  "Volume Types": [withPod({ volumes: [{ name: "models", nfs: { server: "nas", path: "/" } }] })],
  "Privilege Escalation": [
    exporterContext({ allowPrivilegeEscalation: true }),
    ollamaContext({ allowPrivilegeEscalation: undefined }),
  ],
  "Running as Non-root": [
    podContext({ runAsNonRoot: undefined }),
    exporterContext({ runAsNonRoot: false }),
  ],
  "Running as Non-root user": [podContext({ runAsUser: 0 }), ollamaContext({ runAsUser: 0 })],
  Seccomp: [
    podContext({ seccompProfile: undefined }),
    ollamaContext({ seccompProfile: { type: "Unconfined" } }),
  ],
  Capabilities: [
    exporterContext({ capabilities: {} }),
    ollamaContext({ capabilities: { drop: ["NET_RAW"] } }),
    ollamaContext({ capabilities: { drop: ["ALL"], add: ["SYS_PTRACE"] } }),
  ],
};

describe('In the pod security standard "restricted", the manifest keeps to', () => {
  for (const rule of Object.keys(RULES)) {
    test(`${rule}, and a pod that does not is found`, () => {
      expect(brokenRules(POD)).not.toContain(rule);
      const planted = VIOLATIONS[rule] ?? [];
      expect(planted).not.toBeEmpty();
      for (const pod of planted) expect(brokenRules(pod)).toContain(rule);
    });
  }
});

test("neither container can write outside of its volumes", () => {
  for (const { securityContext } of [EXPORTER, OLLAMA]) {
    expect(securityContext?.readOnlyRootFilesystem).toBe(true);
  }
});
