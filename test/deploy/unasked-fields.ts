/**
 * The fields of a value that a validator never reads. The published schemas of Kubernetes allow fields
 * that they do not know, and a cluster drops those.
 */
export function unaskedFields(value: object, validate: (value: object) => void): string[] {
  const unasked = new Set<string>();
  validate(watched(value, "", unasked));
  return [...unasked];
}

/** The value, with its fields taken from the set as they are read. */
function watched(value: object, path: string, unasked: Set<string>): object {
  for (const key of Object.keys(value)) unasked.add(`${path}/${key}`);
  const seen = new Map<string, object>();
  return new Proxy(value, {
    get(target, key) {
      const field: unknown = Reflect.get(target, key);
      const place = `${path}/${String(key)}`;
      unasked.delete(place);
      if (typeof field !== "object" || field === null || !Object.hasOwn(target, key)) return field;
      const known = seen.get(place) ?? watched(field, place, unasked);
      seen.set(place, known);
      return known;
    },
  });
}
