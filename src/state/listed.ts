type Fields = Readonly<Record<string, unknown>>;

/** No name that Ollama accepts is longer. */
const MOST_CHARACTERS = 1000;

/**
 * The models of `{"models":[…]}` as /api/ps and /api/tags give it; old versions write null for none.
 * Undefined if it is anything else, or lists something that has no name.
 */
export function listed<Model>(
  json: unknown,
  read: (name: string, fields: Fields) => Model,
): Model[] | undefined {
  if (!isObject(json) || json["models"] === undefined) return undefined;
  const rows = json["models"] ?? [];
  if (!Array.isArray(rows)) return undefined;
  const models: Model[] = [];
  for (const row of rows as unknown[]) {
    if (!isObject(row)) return undefined;
    const name = row["model"] ?? row["name"];
    if (typeof name !== "string") return undefined;
    models.push(read(name.length > MOST_CHARACTERS ? "" : name, row));
  }
  return models;
}

function isObject(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
