/** A copy of a plain object graph, classes kept, what is shared inside it shared again. For machines that are explored state by state. */
export function copyOf<T extends object>(root: T): T {
  const copies = new Map<object, object>();
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    const made: object = Array.isArray(value) ? [] : (Object.create(Object.getPrototypeOf(value) as object) as object);
    copies.set(value, made);
    for (const [key, field] of Object.entries(value)) (made as Record<string, unknown>)[key] = copy(field);
    return made;
  };
  return copy(root) as T;
}
