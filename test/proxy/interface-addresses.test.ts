import { expect, test } from "bun:test";
import { interfaceAddresses } from "../../src/proxy/interface-addresses.ts";

test("This machine's addresses include its loopback", () => {
  expect(interfaceAddresses()).toContain("127.0.0.1");
});

test("Where a sandbox forbids to ask for them there are none, and no request fails for it", () => {
  expect(
    interfaceAddresses(() => {
      throw new Error(
        "A system error occurred: uv_interface_addresses returned Unknown system error",
      );
    }),
  ).toEqual([]);
});
