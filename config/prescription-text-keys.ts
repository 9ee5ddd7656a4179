import type { KeyPath } from "./document";
import type { PrescriptionText } from "./prescription-text";

/** Where in a prescription's text its numbers stand: what a complaint points at. */
export interface TextKeys {
  /** The basal rate of a step. */
  readonly basal: (step: number) => KeyPath;
  /** The beginning of a step. */
  readonly stepStart: (step: number) => KeyPath;
  /** The program itself. */
  readonly program: KeyPath;
  /** The volume or dose of the scheduled bolus. */
  readonly scheduled: KeyPath;
  /** The volume or dose of the demand bolus. */
  readonly bolus: KeyPath;
}

function oneOf(holder: object, volume: string): string {
  return "dose" in holder ? "dose" : volume;
}

/** The keys of one prescription. */
export function keysOf(text: PrescriptionText): TextKeys {
  const { basal, flex, continuousTrial, demandBolus } = text;
  const shots = (["periodic", "singleShot", "severalShots"] as const).find((name) => text[name] !== undefined);
  const scheduled = shots === undefined ? undefined : text[shots];
  const program: KeyPath = [flex ? "flex" : (shots ?? (continuousTrial ? "continuousTrial" : "basal"))];
  return {
    basal: (step) => {
      if (flex) return ["flex", step, oneOf(flex[step]?.rate ?? {}, "rate")];
      if (continuousTrial) return ["continuousTrial", oneOf(continuousTrial.rate, "rate")];
      return basal === undefined ? program : ["basal"];
    },
    stepStart: (step) => ["flex", step, "from"],
    program,
    scheduled: scheduled === undefined ? program : [...program, oneOf(scheduled.bolus, "volume")],
    bolus: demandBolus === undefined ? ["demandBolus"] : ["demandBolus", oneOf(demandBolus.bolus, "volume")],
  };
}
