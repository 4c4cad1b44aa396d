/** What `promtool check metrics` says of a page in the text format. */
export async function promtoolCheck(page: string): Promise<{ code: number; output: string }> {
  const promtool = Bun.spawn(["promtool", "check", "metrics"], {
    stdin: new TextEncoder().encode(page),
    stdout: "pipe",
    stderr: "pipe",
  });
  const texts = [promtool.stdout, promtool.stderr].map((stream) => new Response(stream).text());
  const output = (await Promise.all(texts)).join("");
  return { code: await promtool.exited, output };
}
