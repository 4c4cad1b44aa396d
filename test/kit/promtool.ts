export interface Said {
  readonly code: number;
  readonly output: string;
}

export async function promtool(...args: readonly string[]): Promise<Said> {
  const child = Bun.spawn(["promtool", ...args], {
    stdin: "ignore",
    stdout: "pipe",
    stderr: "pipe",
  });
  const texts = [child.stdout, child.stderr].map((stream) => new Response(stream).text());
  const output = (await Promise.all(texts)).join("");
  return { code: await child.exited, output };
}
