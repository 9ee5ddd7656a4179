import { join } from "node:path";
import { Confirm, EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import { MS_PER_DAY, MS_PER_HOUR } from "../../src/units";
import { plainInput } from "../../sim/engines/engine";
import { createNativeEngine } from "../../sim/engines/native";
import { SimulatedMemory } from "../../sim/engines/simulated-memory";
import { shownPath } from "../../sim/scenario/node/text-file";
import type { Scenario } from "../../sim/scenario/scenario";
import { JournalCode } from "../../src/record/journal";
import { checkoutRoot } from "../../toolchain/checkout";
import { ExitCode } from "../exit-code";
import { readScenarios } from "../scenario-files";
import { outJson } from "../terminal";
import type { Terminal } from "../terminal";

const SCENARIO = "scenarios/first-day.yaml";
/** The rates that a clinic's pump, a usual one and the fastest have, in nL/day. */
const RATES_NL_PER_DAY = [48000, 1000000, 24000000];
const BOLUSES_PER_DAY = 12;
const DAYS = 3;
/** Least endurance of an FRAM cell that the makers state, in writes: 10^12 (MB85RC256V), 10^14 (FM24V02A). */
const ENDURANCE_WRITES = 1e12;

/**
 * `npm run wear`: how often the ledger is written a day, and how long the most written words of an FRAM last, at three rates with 12 demand boluses a
 * day, counted in three days of the native engine.
 */
export function wear(terminal: Terminal): ExitCode {
  const [scenario] = readScenarios([shownPath(join(checkoutRoot(), SCENARIO))]);
  if (scenario === undefined) throw new Error(`${SCENARIO} is missing`);
  let isWithin = true;
  for (const rateNlPerDay of RATES_NL_PER_DAY) {
    const { ledger, memory, mostInOnePlace } = writesAt(scenario, rateNlPerDay);
    const years = ENDURANCE_WRITES / (mostInOnePlace / DAYS) / 365.25;
    isWithin &&= ledger / DAYS <= 120;
    outJson(terminal, {
      kind: "wear",
      millilitresPerDay: rateNlPerDay / 1e6,
      ledgerWritesPerDay: round(ledger / DAYS),
      memoryWritesPerDay: round(memory.writes / DAYS),
      bytesPerDay: Math.round(memory.bytesWritten / DAYS),
      mostInOnePlacePerDay: round(mostInOnePlace / DAYS),
      yearsAt1e12Writes: Math.round(years),
    });
  }
  return isWithin ? ExitCode.passed : ExitCode.checkFailed;
}

function round(value: number): number {
  return Number(value.toFixed(1));
}

/** Counts how often each word is written. */
class WatchedMemory extends SimulatedMemory {
  private readonly times = new Map<number, number>();

  override write(place: number, words: readonly number[], count = words.length): boolean {
    this.times.set(place, (this.times.get(place) ?? 0) + 1);
    return super.write(place, words, count);
  }

  /** Most writes that began at one word. */
  get most(): number {
    return Math.max(...this.times.values());
  }
}

function writesAt(
  scenario: Scenario,
  rateNlPerDay: number,
): { ledger: number; memory: SimulatedMemory; mostInOnePlace: number } {
  const reservoirNl = 100000000;
  // A reservoir that lasts the week, and limits that let it pass: it is about writes.
  const mostNg = 100000000000;
  const library = scenario.config.library.map((drug) => ({
    ...drug,
    softDayNg: mostNg,
    hardDayNg: mostNg,
    softHourNg: mostNg,
    hardHourNg: mostNg,
  }));
  const config = {
    ...scenario.config,
    capacityNl: reservoirNl,
    maxRateNlPerDay: 60000000,
    maxWindowNl: 100000000,
    library,
  };
  const prescription: Prescription = {
    ...scenario.prescription,
    steps: 1,
    stepNlPerDay: Array.from({ length: 13 }, (_, step) => (step === 0 ? rateNlPerDay : 0)),
    bolusNl: 10000,
    bolusMs: 300000,
    lockoutMs: MS_PER_HOUR,
    mostPer24h: BOLUSES_PER_DAY,
    windowLimitNl: 30000000,
  };
  const memory = new WatchedMemory();
  let ledger = 0;
  const engine = createNativeEngine(
    { config, reservoirNl, drugs: prescription.concentrationNgPerUl, memory },
    { stroke: () => undefined, entry: (code) => (ledger += code === Number(JournalCode.storeWrite) ? 1 : 0) },
  );
  const digest = digestOf(prescriptionNumbers(prescription));
  engine.give(plainInput(EventKind.stage, { prescription }), 0);
  engine.give(plainInput(EventKind.confirm, { id: digest, detail: Confirm.softLimits + Confirm.largeChanges }), 0);
  engine.give(plainInput(EventKind.start), 0);
  for (let atMs = MS_PER_HOUR; atMs < DAYS * MS_PER_DAY; atMs += MS_PER_DAY / BOLUSES_PER_DAY)
    engine.give(plainInput(EventKind.requestBolus), atMs);
  engine.runTo(DAYS * MS_PER_DAY);
  engine.close();
  return { ledger, memory, mostInOnePlace: memory.most };
}
