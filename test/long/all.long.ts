/** `bun run test:long`: what takes minutes of real time, all at once. */
import { declareConnections } from "./connections.ts";
import { declareSilence } from "./silence.ts";

declareConnections();
declareSilence();
