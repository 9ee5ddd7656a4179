import { fc } from "@fast-check/vitest";
import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { COUNTED_DAY_MS, mostWithoutDemandNl } from "../../src/prescription/validate-drugs";
import { DeliveryChecker } from "../../sim/check/delivery-checker";
import type { EngineInput } from "../../sim/engines/engine";
import { plainInput } from "../../sim/engines/engine";
import { isAccepted } from "../../sim/random/random-prescription";
import { anyPrescription, anyPump, edgyShare, WINDOWS_MS } from "./random-prescription";
import { program, REFERENCE_PRESCRIPTION } from "./reference-pump";

const HOUR_MS = 3600000;
const DAY_MS = 86400000;

/** Something that happens `afterMs` after what happened before. */
interface Happening {
  readonly afterMs: number;
  readonly what: EngineInput;
}

const gap = fc.oneof(
  fc.constantFrom(0, 1, HOUR_MS),
  fc.integer({ min: 0, max: 10 * 60000 }),
  fc.integer({ min: 0, max: 8 * HOUR_MS }),
);

const request = fc.constant([plainInput(EventKind.requestBolus)]);

const order = fc
  .record({ count: fc.integer({ min: 1, max: 300000 }), detail: fc.integer({ min: 1, max: 6 * HOUR_MS }) })
  .map((numbers) => [plainInput(EventKind.clinicianBolus, numbers)]);

const clock = fc.oneof(
  fc.integer({ min: 0, max: 1000 * DAY_MS }).map((count) => [plainInput(EventKind.setClock, { count })]),
  fc.constant([plainInput(EventKind.clockLost)]),
);

/** Requests of either kind get rising ids, as the pump wants them; one in thirty repeats an old one. */
function withRisingIds(doings: Happening[]): Happening[] {
  return doings.map(({ afterMs, what }, index) => {
    const isRequest = what.kind === EventKind.requestBolus || what.kind === EventKind.clinicianBolus;
    return { afterMs, what: isRequest ? { ...what, id: index % 30 === 29 ? 1 : index + 1 } : what };
  });
}

function happening(afterMs: number, inputs: readonly EngineInput[]): Happening[] {
  return inputs.map((what, index) => ({ afterMs: index === 0 ? afterMs : 0, what }));
}

/** Requests only: nothing that changes or stops the therapy. The clock is set at first, or never. */
const anyRequests: fc.Arbitrary<Happening[]> = fc
  .tuple(
    fc.option(fc.integer({ min: 0, max: 1000 * DAY_MS }), { freq: 3 }),
    fc.array(fc.tuple(gap, fc.oneof({ arbitrary: request, weight: 3 }, { arbitrary: order, weight: 1 })), {
      maxLength: 60,
      size: "max",
    }),
  )
  .map(([wallMs, asked]) => {
    const set = wallMs === null ? [] : [plainInput(EventKind.setClock, { count: wallMs })];
    return withRisingIds([...happening(0, set), ...asked.flatMap(([afterMs, what]) => happening(afterMs, what))]);
  });

/** All that people do to a pump; `programs` are the prescriptions that may be confirmed meanwhile. */
function anyDoings(config: PumpConfig, programs: fc.Arbitrary<Prescription>): fc.Arbitrary<Happening[]> {
  const plain = (...kinds: EventKind[]): fc.Arbitrary<EngineInput[]> =>
    fc.constantFrom(...kinds).map((kind) => [plainInput(kind)]);
  const refill = fc
    .integer({ min: 0, max: config.capacityNl + 1 })
    .map((count) => [
      plainInput(EventKind.measureResidual, { count: Math.floor(config.capacityNl / 10) }),
      plainInput(EventKind.acknowledge),
      plainInput(EventKind.refill, { count, values: REFERENCE_PRESCRIPTION.concentrationNgPerUl }),
    ]);
  const what = fc.oneof(
    { arbitrary: request, weight: 8 },
    { arbitrary: order, weight: 3 },
    { arbitrary: plain(EventKind.stop, EventKind.start, EventKind.start, EventKind.hold), weight: 8 },
    { arbitrary: plain(EventKind.acknowledge), weight: 1 },
    { arbitrary: clock, weight: 2 },
    { arbitrary: programs.map(program), weight: 2 },
    { arbitrary: refill, weight: 1 },
  );
  return fc
    .array(fc.tuple(gap, what), { maxLength: 40, size: "max" })
    .map((doings) => withRisingIds(doings.flatMap(([afterMs, inputs]) => happening(afterMs, inputs))));
}

/** A pump with its prescription, how full it is, and what is done to it. */
export interface Therapy {
  readonly config: PumpConfig;
  readonly prescription: Prescription;
  readonly reservoirNl: number;
  readonly doings: readonly Happening[];
  /** Time after the last of them. */
  readonly restMs: number;
}

/** The separate checker for a therapy: it is handed every prescription beforehand, in the order in which they will be staged. */
export function checkerFor(therapy: Therapy): DeliveryChecker {
  const checker = new DeliveryChecker(therapy.config, therapy.reservoirNl, REFERENCE_PRESCRIPTION.concentrationNgPerUl);
  checker.handed(therapy);
  for (const { what } of therapy.doings) checker.handed(what);
  return checker;
}

function therapyWith(config: PumpConfig, windowsMs: readonly number[]): fc.Arbitrary<Therapy> {
  return fc.record({
    config: fc.constant(config),
    prescription: anyPrescription(config, ...windowsMs),
    reservoirNl: fc.oneof(fc.constant(config.capacityNl), fc.integer({ min: 900000, max: 4000000 })),
    doings: anyDoings(config, anyPrescription(config, ...windowsMs)),
    restMs: fc.integer({ min: 0, max: DAY_MS }),
  });
}

/** Therapies in which anything is done, other prescriptions included; only the dose limit's window keeps its length. */
export const anyTherapyOfOneWindow: fc.Arbitrary<Therapy> = fc
  .tuple(anyPump, fc.constantFrom(...WINDOWS_MS))
  .chain(([config, windowMs]) => therapyWith(config, [windowMs]));

/** The same, and the window may change its length with the prescription. */
export const anyTherapy: fc.Arbitrary<Therapy> = anyPump.chain((config) => therapyWith(config, WINDOWS_MS));

/** Narrows the library to what the prescription's schedule needs of its drug in 24 h, and a share more; often no more at all. */
function withTightLibrary(config: PumpConfig, p: Prescription, moreShare: number): PumpConfig {
  const strokeNl = new StrokeVolume(config).volumeRoundedUpNl(1);
  const ngPerUl = p.concentrationNgPerUl[p.primaryDrug] ?? 0;
  const massNg = (volumeNl: number): number => Math.ceil((volumeNl * ngPerUl) / 1000);
  const neededNg = massNg(mostWithoutDemandNl(p, config, COUNTED_DAY_MS) + strokeNl);
  const hardDayNg = Math.max(1, neededNg) + Math.floor(moreShare * massNg(6 * p.bolusNl));
  const library = config.library.map((drug, place) =>
    place === p.primaryDrug ? { ...drug, softDayNg: Math.min(drug.softDayNg, hardDayNg), hardDayNg } : drug,
  );
  return { ...config, library };
}

/** Therapies that go on as they began, with requests at any time and a reservoir that does not run out. */
export const steadyTherapy: fc.Arbitrary<Therapy> = anyPump.chain((pump) => {
  const roomy = { ...pump, capacityNl: 100000000 };
  return fc
    .record({
      prescription: anyPrescription(roomy, ...WINDOWS_MS),
      moreShare: fc.option(edgyShare, { freq: 2 }),
      doings: anyRequests,
      restMs: fc.integer({ min: 0, max: DAY_MS }),
    })
    .map(({ prescription, moreShare, doings, restMs }) => {
      const tight = moreShare === null ? roomy : withTightLibrary(roomy, prescription, moreShare);
      const config = isAccepted(prescription, tight) ? tight : roomy;
      return { config, prescription, reservoirNl: config.capacityNl, doings, restMs };
    });
});
