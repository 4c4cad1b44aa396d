/** What `print` can print. */
export const KIT_NAMES = [
  "grafana-dashboard",
  "alert-rules",
  "systemd-unit",
  "compose",
  "kubernetes",
] as const;
export type KitName = (typeof KIT_NAMES)[number];
