import type { ListenAddress } from "../config.ts";
import { createHostCheck, type HostCheck } from "../proxy/host-check.ts";
import { addressesOf, isLoopback } from "./addresses.ts";

/**
 * The check for a listener. Beyond loopback Ollama has none, since other machines call this one by
 * names that it cannot know; the user's list switches it on.
 */
export async function hostCheckFor(
  { hostname }: ListenAddress,
  allowed: readonly string[] | undefined,
): Promise<HostCheck | undefined> {
  if (allowed) return createHostCheck(allowed);
  const addresses = hostname === "" ? [] : await addressesOf(hostname);
  const loopback = addresses.length > 0 && addresses.every(isLoopback);
  return loopback ? createHostCheck([]) : undefined;
}
