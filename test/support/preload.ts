import { clearProxyVariables } from "../../scripts/demo/proxy-variables.ts";

clearProxyVariables();
