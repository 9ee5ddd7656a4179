import { didYouMean } from "../../config/nearest-word";
import type { PlannedInput } from "./scenario";

/** The complaint about a request that nothing in the file is called. */
export function unknownRequest(name: string, names: readonly string[]): string {
  const known = names.length === 0 ? "no request has a name (as: NAME)" : `the names are ${listed(names)}`;
  return `no request is called ${name}${didYouMean(name, names)} (${known})`;
}

function listed(names: readonly string[]): string {
  const most = 20;
  return names.slice(0, most).join(", ") + (names.length > most ? ", ..." : "");
}

/**
 * The first input whose time depends, by way of other requests, on itself; with the names on the way round.
 * `undefined` when there is none. Every name that is counted from must exist.
 */
export function findCircle(
  inputs: readonly PlannedInput[],
): { readonly input: PlannedInput; readonly names: readonly string[] } | undefined {
  const byName = new Map<string, PlannedInput>();
  for (const input of inputs) if (input.name !== undefined) byName.set(input.name, input);
  const known = new Set<PlannedInput>();
  for (const first of inputs) {
    const way = new Set<PlannedInput>();
    let input: PlannedInput | undefined = first;
    while (input !== undefined && !known.has(input)) {
      if (way.has(input)) return { input, names: namesFrom(input, [...way]) };
      way.add(input);
      input = input.at.from === undefined ? undefined : byName.get(input.at.from.name);
    }
    for (const one of way) known.add(one);
  }
  return undefined;
}

function namesFrom(input: PlannedInput, way: readonly PlannedInput[]): string[] {
  return [...way.slice(way.indexOf(input)), input].map((one) => one.name ?? "");
}
