import { expect, it } from "vitest";
import { calibrateVolume } from "../../../bench/calibration/calibrate-volume";
import { normals, runsOf } from "./runs";

const SETS = 1000;
const TRUE_UL = 58.7;

/** Of nine runs at three rates, what the pump scatters and what the balance adds to runs of a rate, as shares; and to which runs that is told. */
interface Kind {
  readonly name: string;
  readonly pump: number;
  readonly balance: readonly [number, number, number];
  readonly told: (run: number) => boolean;
  /** Percent of all sets. */
  readonly least: number;
  readonly most: number;
}

const all = (): boolean => true;
const KINDS: readonly Kind[] = [
  { name: "none told", pump: 0.004, balance: [0, 0, 0], told: () => false, least: 93, most: 99 },
  { name: "equal told, pump scatters", pump: 0.004, balance: [0.004, 0.004, 0.004], told: all, least: 93, most: 99 },
  { name: "equal told, all explained", pump: 0, balance: [0.004, 0.004, 0.004], told: all, least: 95, most: 99.9 },
  {
    name: "unequal told, pump scatters",
    pump: 0.004,
    balance: [0.01, 0.002, 0.0005],
    told: all,
    least: 93,
    most: 99.5,
  },
  { name: "unequal told, all explained", pump: 0, balance: [0.01, 0.002, 0.0005], told: all, least: 95, most: 100 },
  {
    name: "half told",
    pump: 0.002,
    balance: [0.004, 0.004, 0.004],
    told: (run) => run % 2 === 0,
    least: 93,
    most: 99.9,
  },
];

it.each(KINDS)(
  "the interval covers the truth as it says: $name (CAL-002)",
  ({ name, pump, balance, told, least, most }) => {
    const normal = normals(KINDS.findIndex((kind) => kind.name === name) + 11);
    const truthMl = (600 * TRUE_UL) / 1000;
    let covered = 0;
    for (let set = 0; set < SETS; set++) {
      const runs = Array.from({ length: 9 }, (_, run) => {
        const share = balance[Math.floor(run / 3)] ?? 0;
        const volumeMl = truthMl * (1 + pump * normal() + share * normal());
        return [1 + Math.floor(run / 3), 600, volumeMl, told(run) ? share * truthMl : 0] as const;
      });
      const { lowPl, highPl } = calibrateVolume(runsOf(runs));
      if (lowPl <= TRUE_UL * 1e6 && TRUE_UL * 1e6 <= highPl) covered++;
    }
    const percent = (100 * covered) / SETS;
    console.log(`interval of a calibration, ${name}: covers the truth in ${percent.toFixed(1)} % of ${SETS} sets`);
    expect(percent).toBeGreaterThanOrEqual(least);
    expect(percent).toBeLessThanOrEqual(most);
  },
);
