import type { Container, Handler, PodSpec, SecurityContext } from "./pod.ts";

type Rule = (pod: PodSpec) => boolean;

const VOLUMES: ReadonlySet<string> = new Set([
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "persistentVolumeClaim",
  "projected",
  "secret",
]);

const SYSCTLS: ReadonlySet<string> = new Set([
  "kernel.shm_rmid_forced",
  "net.ipv4.ip_local_port_range",
  "net.ipv4.ip_local_reserved_ports",
  "net.ipv4.ip_unprivileged_port_start",
  "net.ipv4.ping_group_range",
  "net.ipv4.tcp_fin_timeout",
  "net.ipv4.tcp_keepalive_intvl",
  "net.ipv4.tcp_keepalive_probes",
  "net.ipv4.tcp_keepalive_time",
  "net.ipv4.tcp_rmem",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.tcp_wmem",
]);

const SELINUX_TYPES: ReadonlySet<string> = new Set([
  "container_t",
  "container_init_t",
  "container_kvm_t",
  "container_engine_t",
]);

/**
 * The "restricted" pod security standard, "baseline" included, by the names that Kubernetes gives its
 * controls: https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export const RULES: Readonly<Record<string, Rule>> = {
  HostProcess: everywhere(({ windowsOptions }) => windowsOptions?.hostProcess !== true),
  "Host Namespaces": ({ hostNetwork, hostPID, hostIPC }) => !hostNetwork && !hostPID && !hostIPC,
  "Privileged Containers": everywhere(({ privileged }) => privileged !== true),
  "HostPath Volumes": ({ volumes = [] }) => volumes.every((volume) => !("hostPath" in volume)),
  "Host Ports": inContainers(({ ports = [] }) => ports.every(({ hostPort = 0 }) => hostPort === 0)),
  "Host Probes / Lifecycle Hooks": inContainers((container) =>
    handlersOf(container).every(({ httpGet, tcpSocket }) => !httpGet?.host && !tcpSocket?.host),
  ),
  AppArmor: everywhere(({ appArmorProfile }) => appArmorProfile?.type !== "Unconfined"),
  SELinux: everywhere(({ seLinuxOptions = {} }) => {
    const { type, user, role } = seLinuxOptions;
    return !user && !role && (!type || SELINUX_TYPES.has(type));
  }),
  "/proc Mount Type": everywhere(({ procMount = "Default" }) => procMount === "Default"),
  Sysctls: ({ securityContext }) =>
    (securityContext?.sysctls ?? []).every(({ name }) => SYSCTLS.has(name)),
  "Volume Types": ({ volumes = [] }) =>
    volumes.every((volume) =>
      Object.keys(volume).every((kind) => kind === "name" || VOLUMES.has(kind)),
    ),
  "Privilege Escalation": inContainers(
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation === false,
  ),
  "Running as Non-root": inherited(({ runAsNonRoot }) => runAsNonRoot, [true]),
  "Running as Non-root user": everywhere(({ runAsUser }) => runAsUser !== 0),
  Seccomp: inherited(({ seccompProfile }) => seccompProfile?.type, ["RuntimeDefault", "Localhost"]),
  Capabilities: inContainers(({ securityContext }) => {
    const { add = [], drop = [] } = securityContext?.capabilities ?? {};
    return drop.includes("ALL") && add.every((name) => name === "NET_BIND_SERVICE");
  }),
};

/** The rules that a pod breaks. */
export function brokenRules(pod: PodSpec): string[] {
  return Object.keys(RULES).filter((name) => !RULES[name]?.(pod));
}

function containersOf({ containers, initContainers = [] }: PodSpec): readonly Container[] {
  return [...initContainers, ...containers];
}

function inContainers(holds: (container: Container) => boolean): Rule {
  return (pod) => containersOf(pod).every(holds);
}

/** What must hold for the pod and each container, where nothing said is well. */
function everywhere(holds: (context: SecurityContext) => boolean): Rule {
  return (pod) =>
    [pod, ...containersOf(pod)].every(({ securityContext = {} }) => holds(securityContext));
}

/** What must be said: for each container, or for the pod where a container says nothing. */
function inherited<T>(field: (context: SecurityContext) => T, allowed: readonly T[]): Rule {
  return (pod) =>
    containersOf(pod).every(({ securityContext = {} }) =>
      allowed.includes(field(securityContext) ?? field(pod.securityContext ?? {})),
    );
}

function handlersOf(container: Container): readonly Handler[] {
  const { startupProbe, readinessProbe, livenessProbe, lifecycle = {} } = container;
  const probes = [startupProbe, readinessProbe, livenessProbe];
  return [...probes, ...Object.values(lifecycle)].filter((handler) => handler !== undefined);
}
