/**
 * `bun scripts/ci/image-ollama.ts [ADDRESS]`: a simulated Ollama for containers, until SIGTERM. Prints
 * its port. It listens on every interface unless told otherwise, because a container's loopback is
 * another one.
 */
import { startSimulatedOllama } from "../simulated-ollama/server.ts";

const [hostname = "0.0.0.0"] = process.argv.slice(2);
const ollama = startSimulatedOllama({ hostname, pace: 0 });
process.on("SIGTERM", () => process.exit(0));
console.log(ollama.port);
