const LINE = /^\d{4}-\d\d-\d\dT[\d:.]+Z (?<level>[A-Z]+) +(?<message>.*)$/;

/** The messages of a text log; throws at a line that is not one. */
export function messages(stderr: string): string[] {
  return stderr
    .trimEnd()
    .split("\n")
    .map((line) => {
      const message = LINE.exec(line)?.groups?.["message"];
      if (message === undefined) throw new Error(`not a line of the log: ${JSON.stringify(line)}`);
      return message;
    });
}

/** The fields of the lines about requests in a text log. */
export function requests(stderr: string): Record<string, string>[] {
  return messages(stderr)
    .filter((message) => message.startsWith("request "))
    .map((message) => {
      const fields = message.matchAll(/ (\w+)=("(?:[^"\\]|\\.)*"|\S*)/g);
      return Object.fromEntries(Array.from(fields, ([, name, value]) => [name, value]));
    });
}
