/** `bun scripts/ci/junit-totals.ts REPORT`: prints how many tests of a JUnit report ran and failed. */
const [path = ""] = process.argv.slice(2);
const root = /<testsuites\b[^>]*>/.exec(await Bun.file(path).text())?.[0] ?? "";

function total(name: string): number {
  const text = new RegExp(`\\b${name}="(\\d+)"`).exec(root)?.[1];
  if (text === undefined) throw new Error(`${path} has no total of ${name}`);
  return Number(text);
}

console.log(total("tests") - total("skipped"), total("failures"));
