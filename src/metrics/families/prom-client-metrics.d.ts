declare module "prom-client/lib/metrics/*" {
  import type { Registry } from "prom-client";
  const collect: (registry: Registry) => void;
  export default collect;
}
