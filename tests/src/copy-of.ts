/**
 * A copy of a plain object graph, classes kept, what is shared inside it shared again; `kept` are taken over as they are. For machines that
 * are explored state by state.
 */
export function copyOf<T extends object>(root: T, ...kept: object[]): T {
  const copies = new Map<object, object>(kept.map((one) => [one, one]));
  const copy = (value: unknown): unknown => {
    if (typeof value !== "object" || value === null) return value;
    const known = copies.get(value);
    if (known !== undefined) return known;
    if (Array.isArray(value) && value.every((one) => typeof one === "number")) {
      const numbers = value.slice();
      copies.set(value, numbers);
      return numbers;
    }
    const made: object = Array.isArray(value) ? [] : (Object.create(Object.getPrototypeOf(value) as object) as object);
    copies.set(value, made);
    for (const [key, field] of Object.entries(value)) (made as Record<string, unknown>)[key] = copy(field);
    return made;
  };
  return copy(root) as T;
}
