import { expect, test } from "bun:test";
import { inContainer } from "../../src/daemon/container.ts";

const nothing = (): boolean => false;

test.each([
  ["container", "podman"],
  ["container", "systemd-nspawn"],
  ["KUBERNETES_SERVICE_HOST", "10.0.0.1"],
])("the variable %s=%s means a container", (name, value) => {
  expect(inContainer(nothing, { [name]: value })).toBe(true);
});

test.each(["/.dockerenv", "/run/.containerenv"])("the file %s means a container", (file) => {
  expect(inContainer((path) => path === file, {})).toBe(true);
});

test("without any of them, and with an empty variable, there is no container", () => {
  expect(inContainer(nothing, { container: "", HOME: "/root" })).toBe(false);
});
