import type { Manifest } from "../../bench/record/manifest";
import { drawInstrument } from "../../bench/simulated/bench-profile";
import { BadInput } from "../../config/bad-input";
import { sheetOf, simulatedPump } from "./calibrate-recordings";
import type { NamedPump } from "./calibrate-settings";

/** A recording by its name. */
export interface NamedManifest {
  readonly name: string;
  readonly manifest: Manifest;
}

type Fact = (manifest: Manifest) => string | null;

/** What makes a head: two recordings that differ in one of these are not of the same. Null: not told, so it differs from nothing. */
const FACTS: readonly (readonly [what: string, fact: Fact])[] = [
  ["bench", ({ simulated }) => (simulated === null ? "real" : "simulated")],
  ["pump", ({ pump }) => pump.serial],
  ["set", ({ set }) => set],
  ["pump file", ({ simulated }) => simulated?.pump ?? null],
  ["--seed", ({ simulated }) => (simulated === null ? null : String(simulated.seed))],
  [
    "--set-volume",
    ({ simulated }) =>
      simulated === null ? null : simulated.revolutionUl === null ? "not told" : `${simulated.revolutionUl} uL`,
  ],
];

/** Throws `BadInput` for the first recording of another pump or set than one before it: a volume per revolution is that of one head with one set. */
export function requireOneHead(recordings: readonly NamedManifest[]): void {
  for (const [what, fact] of FACTS) {
    let first: { name: string; value: string } | undefined;
    for (const { name, manifest } of recordings) {
      const value = fact(manifest);
      if (value === null) continue;
      first ??= { name, value };
      if (first.value !== value)
        throw new BadInput(
          name,
          0,
          `${what}: ${value}; ${first.name} has ${first.value}: one calibration is of one pump with one set; leave it out, or --mixed takes all together`,
        );
    }
  }
}

/** How the pump of the runs and that of the pump file go together. */
export interface SerialNumbers {
  /** That of the runs, where the file is that of another pump. */
  readonly otherSerial: string | null;
  /** What to tell the person; empty where they are the same or nothing is known. */
  readonly notes: readonly string[];
}

/** Compares serial numbers: the file has a number, so a recording's that is none can be compared with nothing. */
export function compareSerials(recordings: readonly NamedManifest[], { path, file }: NamedPump): SerialNumbers {
  const real = recordings.filter(({ manifest }) => manifest.simulated === null);
  const serials = new Set(real.map(({ manifest }) => manifest.pump.serial).filter((serial) => serial !== null));
  if (file.serial === 0 || serials.size === 0) return { otherSerial: null, notes: [] };
  const numbers = [...serials].filter((serial) => /^[0-9]+$/.test(serial));
  const other = numbers.find((serial) => Number(serial) !== file.serial);
  if (other !== undefined)
    return { otherSerial: other, notes: [`the runs are of pump ${other}; ${path} is that of pump ${file.serial}`] };
  const [unlike] = [...serials].filter((serial) => !numbers.includes(serial));
  return {
    otherSerial: null,
    notes:
      unlike === undefined
        ? []
        : [`the runs are of pump ${unlike}; whether that is pump ${file.serial} of ${path} is for you to know`],
  };
}

/** What the simulated head of a recording really gives in a revolution, in uL; undefined where nobody can tell any more. */
export function trueRevolutionUl(manifest: Manifest): number | undefined {
  const { simulated } = manifest;
  if (simulated === null) return undefined;
  if (simulated.revolutionUl !== null) return simulated.revolutionUl;
  const sheet = sheetOf(manifest);
  const pump = simulatedPump(manifest);
  if (sheet === undefined || pump === undefined) return undefined;
  return (pump.plPerRevolution / 1e6) * (1 + drawInstrument(sheet, simulated.seed).headPercent / 100);
}
