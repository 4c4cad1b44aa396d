/** A page of metrics without what differs between runs: the process's families and the build's labels. */
export function stablePage(text: string): string {
  const families = text.split(/^(?=# HELP )/m);
  return families
    .filter((family) => !family.startsWith("# HELP process_"))
    .join("")
    .replaceAll(/(version|revision|runtime)="[^"]*"/g, '$1="VALUE"');
}
