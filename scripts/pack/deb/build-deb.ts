/** Builds the package of a tree of files. It ends when this process does. */
export async function buildDeb(
  tree: string,
  deb: string,
  { xzLevel, time }: { readonly xzLevel: number; readonly time: Date },
): Promise<void> {
  // More threads cut the data into blocks, which makes other bytes.
  const compression = ["-Zxz", `-z${xzLevel}`, "--threads-max=1"];
  const builder = Bun.spawn(
    ["dpkg-deb", "--root-owner-group", ...compression, "--build", tree, deb],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(time.getTime() / 1000) },
      stdout: "ignore",
      stderr: "pipe",
      // A group of its own: its children, which pack for a minute, are ended with it.
      detached: true,
    },
  );
  const end = (): void => {
    try {
      process.kill(-builder.pid);
    } catch {
      // It has just ended by itself.
    }
  };
  process.once("exit", end);
  const said = await new Response(builder.stderr).text();
  const code = await builder.exited;
  process.off("exit", end);
  if (code !== 0) throw new Error(`dpkg-deb cannot build ${deb}: ${said.trim()}`);
}
