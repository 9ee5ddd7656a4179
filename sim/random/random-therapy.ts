import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { ProgramKind } from "../../src/prescription/prescription";
import { MS_PER_MIN } from "../../src/units";
import { ClinicVisits } from "./clinic-visits";
import { DailyLife } from "./daily-life";
import { drawFluid } from "./random-prescription";
import type { TimedInput } from "./script";
import { TherapyDraft } from "./therapy-draft";

export type { TimedInput } from "./script";

/** One random run: everything that an engine has to be told. */
export interface RandomTherapy {
  /** What it was drawn from: the same seed gives the same therapy. */
  readonly seed: number;
  readonly config: PumpConfig;
  readonly reservoirNl: number;
  /** Concentration of each drug of the library in the reservoir, in ng/µL; left out: no drug is in it. */
  readonly drugs?: readonly number[];
  /** In order of time. */
  readonly inputs: readonly TimedInput[];
  readonly durationMs: number;
}

/**
 * The therapy that belongs to `seed`: a pump, its prescription, and people who press, stop, hold, refill, prime, change their minds and
 * mistype; detectors, sensors and clocks. It lasts about as long as the first program takes for `strokesWanted` strokes, but at least ten
 * minutes.
 */
export function randomTherapy(seed: number, strokesWanted = 400): RandomTherapy {
  const draft = new TherapyDraft(seed, strokesWanted);
  const clinic = new ClinicVisits(draft);
  const life = new DailyLife(draft);
  const { random, script, config, contentNl: reservoirNl } = draft;
  const drugs = random.chance(92) ? draft.fluid : drawFluid(random, config);
  if (random.chance(60)) draft.setClock();
  draft.program(draft.prescription);
  if (random.chance(15) && drugs === draft.fluid) clinic.prime();
  script.add(EventKind.start);
  draft.markProgram();
  const mostGapMs = Math.max(MS_PER_MIN, Math.floor((2 * draft.durationMs) / random.integer(4, 24)));
  for (script.pass(mostGapMs); script.atMs < draft.durationMs; script.pass(mostGapMs)) episode(draft, clinic, life);
  const durationMs = Math.max(draft.durationMs, script.inputs.at(-1)?.atMs ?? 0);
  return { seed, config, reservoirNl, drugs, inputs: script.inputs, durationMs };
}

/** One thing that people or parts do, in one or several steps. */
function episode({ random, prescription: p }: TherapyDraft, clinic: ClinicVisits, life: DailyLife): void {
  const draw = random.integer(0, 99);
  // What has come to its end is mostly followed by another program.
  if (p.program >= ProgramKind.singleShot && random.chance(40)) clinic.newPrescription();
  else if (draw < 34 && (p.bolusNl !== 0 || draw < 5)) life.request();
  else if (draw < 44) life.clinicianBolus();
  else if (draw < 50) life.stopAndStart();
  else if (draw < 55) life.holdAndStart();
  else if (draw < 63) life.alarm();
  else if (draw < 70) life.clock();
  else if (draw < 78) clinic.newPrescription();
  else if (draw < 85) clinic.refill();
  else if (draw < 88) clinic.serviceLine();
  else life.small();
}
