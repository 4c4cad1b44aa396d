import type { Deeds } from "../../src/cli/command.ts";

const notAsked = (): Promise<never> => Promise.reject(new Error("that was not asked for"));

/** Commands that fail a test which calls them. */
export const NO_DEEDS: Deeds = {
  serve: notAsked,
  healthcheck: notAsked,
  check: notAsked,
  kit: { names: [], read: notAsked },
};
