import type { Document } from "../../config/document";
import { formatVolume } from "../../config/quantities";
import { formatPhysical, PRESSURE } from "../../config/physical-quantity";
import type { PumpConfig } from "../../src/config";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { LITHIUM_ION_CURVE } from "../plant/battery";
import type { BatteryModel } from "../plant/battery";
import { IDEAL_HEAD_FLOW } from "../plant/head-flow";
import type { HeadFlowModel } from "../plant/head-flow";
import { IDEAL_PLANT } from "../plant/plant-model";
import type { LineModel, PlantModel } from "../plant/plant-model";
import { RIGID_TUBE } from "../plant/tube";
import type { TubeModel } from "../plant/tube";
import type { Expectation } from "./expectation";
import type { PlantText } from "./plant-schema";
import type { PlannedInput } from "./scenario";

const DEFAULT_TANKS = 20;

/** Makes the plant of what `plant:` says; what is left out is ideal. Throws `BadInput` for what does not fit together. */
export function readPlant(
  document: Document,
  written: PlantText,
  config: PumpConfig,
  prescription: Prescription,
): PlantModel {
  const line: LineModel = {
    tubingNl: written.line?.tubing ?? config.tubingNl,
    catheterNl: written.line?.catheter ?? prescription.catheterNl,
    tanks: written.line?.tanks ?? DEFAULT_TANKS,
  };
  for (const part of ["tubing", "catheter"] as const) {
    const why = tooSmall(part, line, config);
    if (written.line?.[part] !== undefined && why !== undefined) throw document.refuse(["plant", "line", part], why);
  }
  const backPressureKpa = written.backPressure ?? 0;
  const tube = tubeOf(written.tube);
  if (tube.alarmKpa <= backPressureKpa)
    throw document.refuse(
      ["plant", "tube", "alarmPressure"],
      `${formatPhysical(PRESSURE, tube.alarmKpa)} is reached by the back pressure alone (${formatPhysical(PRESSURE, backPressureKpa)})`,
    );
  const { airDetector } = written;
  const lineNl = line.tubingNl + line.catheterNl;
  if (airDetector !== undefined && airDetector.after > lineNl)
    throw document.refuse(
      ["plant", "airDetector", "after"],
      `${formatVolume(airDetector.after)} lies behind the end of the line, which holds ${formatVolume(lineNl)} (tubing and catheter)`,
    );
  return {
    head: headOf(written.head),
    startRevolution: written.head?.revolutions ?? 0,
    tube,
    airDetector: airDetector && { afterNl: airDetector.after, leastNl: airDetector.least ?? 0 },
    line,
    battery: written.battery && batteryOf(document, written.battery),
    temperatureC: written.temperature === undefined ? IDEAL_PLANT.temperatureC : written.temperature / 10,
    backPressureKpa,
  };
}

/** Says so when a part of the line holds less than one stroke: what its tanks do between two strokes is not modelled. */
function tooSmall(part: "tubing" | "catheter", line: LineModel, config: PumpConfig): string | undefined {
  const volumeNl = part === "tubing" ? line.tubingNl : line.catheterNl;
  const { plNumerator, plDenominator } = new StrokeVolume(config);
  const strokeNl = plNumerator / plDenominator / 1000;
  if (volumeNl === 0 || volumeNl >= strokeNl) return undefined;
  return `the ${part} of ${formatVolume(volumeNl)} is smaller than a stroke of this pump (${formatVolume(Math.ceil(strokeNl))}), in which it mixes; give at least that, or 0 mL for none`;
}

function headOf(written: PlantText["head"]): HeadFlowModel {
  const ideal = IDEAL_HEAD_FLOW;
  return {
    calibrationPercent: written?.calibration ?? ideal.calibrationPercent,
    rollers: written?.rollers ?? ideal.rollers,
    pulsationPercent: written?.pulsation ?? ideal.pulsationPercent,
    wearPercentPerMillionRevolutions: written?.wear ?? ideal.wearPercentPerMillionRevolutions,
    temperaturePercentPerK: written?.temperature ?? ideal.temperaturePercentPerK,
    backPressurePercentPerKpa: written?.backPressure ?? ideal.backPressurePercentPerKpa,
  };
}

function tubeOf(written: PlantText["tube"]): TubeModel {
  if (written === undefined) return RIGID_TUBE;
  return {
    complianceNlPerKpa: written.compliance * 1000,
    alarmKpa: written.alarmPressure ?? RIGID_TUBE.alarmKpa,
    resistanceKpaHPerUl: written.resistance ?? RIGID_TUBE.resistanceKpaHPerUl,
    blockedKpaHPerUl: written.dripResistance ?? RIGID_TUBE.blockedKpaHPerUl,
  };
}

function batteryOf(document: Document, written: NonNullable<PlantText["battery"]>): BatteryModel {
  const curve = written.curve?.map(({ charge, voltage }) => ({ percent: charge, mv: voltage })) ?? LITHIUM_ION_CURVE;
  curve.forEach((point, n) => {
    const before = curve[n - 1];
    if (before !== undefined && (point.percent >= before.percent || point.mv > before.mv))
      throw document.refuse(
        ["plant", "battery", "curve", n],
        "the curve goes from full to empty: each point has less charge than the one before it, and no more voltage",
      );
  });
  return {
    capacityUah: written.capacity,
    strokeUah: written.stroke ?? 0,
    restUa: written.rest ?? 0,
    startPercent: written.charge ?? 100,
    stepPercent: written.step ?? 1,
    curve,
  };
}

/**
 * The plant that a scenario needs: the one that it writes, or an ideal one when an event or an expectation speaks of it. Throws `BadInput`
 * for one that speaks of what the plant does not have.
 */
export function plantFor(
  document: Document,
  written: PlantText | undefined,
  {
    config,
    prescription,
    inputs,
    expectations,
  }: {
    readonly config: PumpConfig;
    readonly prescription: Prescription;
    readonly inputs: readonly PlannedInput[];
    readonly expectations: readonly Expectation[];
  },
): PlantModel | undefined {
  const plant = readPlant(document, written ?? {}, config, prescription);
  const lineNl = plant.line.tubingNl + plant.line.catheterNl;
  let isNeeded = written !== undefined;
  document.nodeAt(["events"])?.children?.forEach((_, index) => {
    const fault = document.valueAt(["events", index, "fault"]);
    if (fault === "occlude" && written?.tube === undefined)
      throw document.refuse(
        ["events", index, "fault"],
        "a blocked line needs a compliance: say plant: { tube: { compliance: 1 uL/kPa } }",
      );
    if (fault === "airBubble" && lineNl === 0) throw document.refuse(["events", index, "fault"], WITHOUT_LINE);
  });
  if (inputs.some(({ fault }) => fault?.fault === "occlude" || fault?.fault === "airBubble")) isNeeded = true;
  expectations.forEach(({ expected: { about } }, index) => {
    if (about === "pressure" && written?.tube === undefined)
      throw document.refuse(
        ["expect", index, "pressure"],
        "without a compliance there is no pressure: say plant: { tube: { compliance: 1 uL/kPa } }",
      );
    if (about === "charge" && written?.battery === undefined)
      throw document.refuse(
        ["expect", index, "charge"],
        "there is no battery: say plant: { battery: { capacity: 300 mAh } }",
      );
    if (about === "tip") refuseTip(document, index, plant.line, config);
    if (about === "outlet" || about === "tip") isNeeded = true;
  });
  return isNeeded ? plant : undefined;
}

/** Refuses an expectation of the tip of a line that does not mix. */
function refuseTip(document: Document, index: number, line: LineModel, config: PumpConfig): void {
  const why =
    line.tubingNl + line.catheterNl === 0
      ? WITHOUT_LINE
      : (tooSmall("tubing", line, config) ?? tooSmall("catheter", line, config));
  if (why !== undefined) throw document.refuse(["expect", index, "tip"], why);
}

const WITHOUT_LINE =
  "the line has no volume: say plant: { line: { tubing: 0.2 mL, catheter: 0.18 mL } }, or tubing in the pump's file and catheter in the prescription";
