/** Runs before the program's own first line, and makes of it one that no release may have. */
export const FLAWS = {
  "holds answers back until they are whole": `
    const plain = globalThis.fetch;
    globalThis.fetch = async (...given) => {
      const answer = await plain(...given);
      return new Response(await answer.arrayBuffer(), answer);
    };`,
  "changes a byte of what passes through": `
    const plain = globalThis.fetch;
    globalThis.fetch = async (...given) => {
      const answer = await plain(...given);
      if (!String(given[0]).includes("/api/show")) return answer;
      return new Response((await answer.text()).replace("not", "now"), answer);
    };`,
  "counts a token too few": `
    const encode = TextEncoder.prototype.encode;
    TextEncoder.prototype.encode = function (text) {
      return encode.call(this, text.replace(/^(ollama_tokens_generated_total\\S+) .*/m, "$1 5"));
    };`,
  "does not end by itself": `
    process.on("SIGTERM", () => process.kill(process.pid, "SIGKILL"));`,
} as const;
