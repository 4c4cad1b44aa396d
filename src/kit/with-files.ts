/**
 * A Compose file with whole files in it, each in place of the line `@name@` and as deep in the text as
 * that. Compose would take a `$` for a variable; `$$` is the sign itself.
 */
export function withFiles(template: string, files: Readonly<Record<string, string>>): string {
  return template.replaceAll(/^( +)@([\w-]+)@$/gm, (_, indent: string, name: string) => {
    const text = files[name];
    if (text === undefined) throw new Error(`the Compose file asks for "${name}"`);
    return text
      .trimEnd()
      .replaceAll("$", "$$$$")
      .replaceAll(/^(?=.)/gm, indent);
  });
}
