import { EventKind } from "../../src/events";
import { didYouMean } from "../../config/nearest-word";
import type { PlannedInput } from "./scenario";

/** What things in a scenario are called. */
export interface Names {
  /** Patients' and clinicians' requests for a bolus. */
  readonly requests: ReadonlySet<string>;
  readonly interrogations: ReadonlySet<string>;
}

/** The names that inputs have. */
export function namesIn(inputs: readonly PlannedInput[]): Names {
  const named = (isWanted: (input: PlannedInput) => boolean): Set<string> =>
    new Set(inputs.filter(isWanted).flatMap((input) => input.name ?? []));
  const isInterrogation = ({ input }: PlannedInput): boolean => input.kind === EventKind.interrogate;
  return { requests: named((input) => !isInterrogation(input)), interrogations: named(isInterrogation) };
}

/** The complaint about a name that is to be a request's and is none; `undefined`: it is one. */
export function wrongRequest(name: string, { requests, interrogations }: Names): string | undefined {
  if (requests.has(name)) return undefined;
  if (interrogations.has(name)) return `${name} is an interrogation; a request for a bolus is wanted`;
  return unknownRequest(name, [...requests]);
}

/** The complaint about a name that is to be an interrogation's and is none; `undefined`: it is one. */
export function wrongInterrogation(name: string, { requests, interrogations }: Names): string | undefined {
  if (interrogations.has(name)) return undefined;
  if (requests.has(name)) return `${name} is a request; an interrogation is wanted`;
  const known =
    interrogations.size === 0
      ? "no interrogation has a name: { at: 1 h, do: interrogate, as: visit }"
      : `the names are ${listed([...interrogations])}`;
  return `no interrogation is called ${name}${didYouMean(name, [...interrogations])} (${known})`;
}

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
