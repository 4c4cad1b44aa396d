import { type Environment, type Setting, settingFrom } from "./environment.ts";
import type { Flag } from "./flags.ts";

/**
 * A flag's value: what is given beats the environment, which beats the default. Undefined where there
 * is none of them; throws a usage error.
 * @param flags by name, as parsed
 */
export function resolveFlag<Value>(
  flag: Flag<Value>,
  flags: Readonly<Record<string, unknown>>,
  env: Environment,
): Value | undefined {
  const setting = settingOf(flag, flags[flag.name], env);
  return setting && flag.parse(setting.text, setting.source);
}

function settingOf(flag: Flag, given: unknown, env: Environment): Setting | undefined {
  if (typeof given === "string" || typeof given === "boolean") {
    return { text: String(given), source: `--${flag.name}` };
  }
  const found = settingFrom(env, flag);
  if (found !== undefined || flag.default === undefined) return found;
  return { text: flag.default, source: "default" };
}
