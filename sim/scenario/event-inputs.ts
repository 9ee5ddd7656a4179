import { Confirm, EventKind, Sensor } from "../../src/events";
import { StrokeVolume } from "../../src/motion/stroke";
import type { Prescription } from "../../src/prescription/prescription";
import { AlarmKind } from "../../src/safety/alarm-kind";
import type { BadInput } from "../../config/bad-input";
import type { KeyPath } from "../../config/document";
import { volumeOfDose } from "../../config/dose-conversion";
import type { PrescribedPump } from "../../config/prescribed-pump";
import { mixtureOf, prescriptionFor, toPrescription } from "../../config/prescription";
import { formatVolume } from "../../config/quantities";
import { plainInput } from "../engines/engine";
import type { EngineInput } from "../engines/engine";
import type { DoText, EventText } from "./event-schema";
import { faultInput, PLAIN_KINDS, programInputs, VOLUME_KINDS } from "./plain-inputs";
import type { EventInput } from "./plain-inputs";
import { located } from "./read-moment";
import type { TimeFrame } from "./read-moment";
import { prescriptionWarnings } from "./prescription-warnings";
import type { ScenarioWarning } from "./scenario";
import { parseClockShiftMs, parseDay, parseWallClock } from "./wall-clock";

/** Makes inputs of events in the file's order: what an event leaves out may stand in one above it. */
export class EventReader {
  /** What is to be said of the prescriptions that were read. */
  readonly warnings: ScenarioWarning[] = [];
  /** What a refill puts in unless it says otherwise. */
  private drugs: readonly number[];

  /** @param prescription the last that the file orders */
  constructor(
    private readonly frame: TimeFrame,
    private readonly pump: PrescribedPump,
    private prescription: Prescription,
  ) {
    this.drugs = prescription.concentrationNgPerUl;
  }

  /** The inputs of one event, all at its instant. Throws `BadInput` for what cannot be meant. */
  read(path: KeyPath, event: EventText): EventInput[] {
    if ("fault" in event) return [faultInput(event, new StrokeVolume(this.pump.config))];
    switch (event.do) {
      case "stage":
        return [
          { input: plainInput(EventKind.stage, { prescription: this.ordered(path, event.prescription, false) }) },
        ];
      case "program":
        return programInputs(this.ordered(path, event.prescription, true));
      case "confirm": {
        const softLimits = event.softLimits === true ? Confirm.softLimits : 0;
        const largeChanges = event.largeChanges === true ? Confirm.largeChanges : 0;
        const input = plainInput(EventKind.confirm, { detail: softLimits + largeChanges });
        return [{ input, digest: event.digest ?? "staged" }];
      }
      case "setClock":
        return [this.setClock(path, event)];
      default:
        return [{ input: this.single(path, event) }];
    }
  }

  private ordered(
    path: KeyPath,
    text: Extract<DoText, { do: "stage" }>["prescription"],
    isJudged: boolean,
  ): Prescription {
    const key = [...path, "prescription"];
    const make = isJudged ? prescriptionFor : toPrescription;
    const prescription = make(this.frame.document, key, text, this.pump);
    this.prescription = prescription;
    if (isJudged) this.warnings.push(...prescriptionWarnings(this.frame, key, text, prescription, this.pump));
    return prescription;
  }

  private single(
    path: KeyPath,
    event: Exclude<DoText, { do: "stage" | "program" | "confirm" | "setClock" }>,
  ): EngineInput {
    switch (event.do) {
      case "clinicianBolus":
        return plainInput(EventKind.clinicianBolus, { count: this.bolusNl(path, event), detail: event.over });
      case "measureResidual":
        this.refuseAboveCapacity([...path, "residual"], event.residual);
        return plainInput(EventKind.measureResidual, { count: event.residual });
      case "refill":
        return this.refill(path, event);
      case "deadVolumeEmpty":
      case "prime":
      case "confirmPrime":
        return plainInput(VOLUME_KINDS[event.do], { count: event.volume });
      case "read":
        return this.reading(path, event);
      case "detect":
        return plainInput(EventKind.detected, {
          count: event.present ? 1 : 0,
          detail: AlarmKind[event.alarm as keyof typeof AlarmKind],
        });
      default:
        return plainInput(PLAIN_KINDS[event.do]);
    }
  }

  private bolusNl(path: KeyPath, event: Extract<DoText, { do: "clinicianBolus" }>): number {
    const { volume, dose } = event;
    if (volume !== undefined && dose === undefined) return volume;
    if (dose === undefined || volume !== undefined)
      throw this.oneOf(path, ["volume", "dose"], volume === undefined ? [] : ["volume", "dose"]);
    const { primaryDrug, concentrationNgPerUl } = this.prescription;
    const drug = this.pump.drugs[primaryDrug];
    const ngPerUl = concentrationNgPerUl[primaryDrug] ?? 0;
    if (drug === undefined || ngPerUl === 0)
      throw this.frame.document.refuse(
        [...path, "dose"],
        "the prescription above it has no primary drug; say a volume",
      );
    const converted = volumeOfDose(dose, { drug, ngPerUl }, "");
    if ("refused" in converted) throw this.frame.document.refuse([...path, "dose"], converted.refused);
    return converted.value;
  }

  private refill(path: KeyPath, event: Extract<DoText, { do: "refill" }>): EngineInput {
    const { document } = this.frame;
    this.refuseAboveCapacity([...path, "to"], event.to);
    if (event.drugs !== undefined) this.drugs = mixtureOf(document, [...path, "drugs"], event.drugs, this.pump);
    const { expires } = event;
    const day = expires === undefined ? 0 : located(document, [...path, "expires"], () => parseDay(expires));
    return plainInput(EventKind.refill, { count: event.to, detail: day, values: this.drugs });
  }

  private reading(path: KeyPath, event: Extract<DoText, { do: "read" }>): EngineInput {
    const sensors = ["motorTemperature", "supplyVoltage", "charge"] as const;
    const given = sensors.filter((sensor) => event[sensor] !== undefined);
    const [sensor, second] = given;
    const count = sensor === undefined ? undefined : event[sensor];
    if (sensor === undefined || second !== undefined || count === undefined) throw this.oneOf(path, sensors, given);
    return plainInput(EventKind.reading, { count, detail: Sensor[sensor] });
  }

  private setClock(path: KeyPath, event: Extract<DoText, { do: "setClock" }>): EventInput {
    const { document, clock } = this.frame;
    const { to, by } = event;
    if (to !== undefined && by === undefined) {
      const { wallMs } = located(document, [...path, "to"], () => parseWallClock(to));
      return { input: plainInput(EventKind.setClock, { count: wallMs }) };
    }
    if (by === undefined || to !== undefined)
      throw this.oneOf(path, ["to", "by"], to === undefined ? [] : ["to", "by"]);
    if (clock === undefined)
      throw document.refuse(
        [...path, "by"],
        "it needs a clock to move: say clock: 2026-03-01 08:00 for the time at the start",
      );
    const movesClockMs = located(document, [...path, "by"], () => parseClockShiftMs(by));
    return { input: plainInput(EventKind.setClock), movesClockMs };
  }

  /** The complaint about an event that says none, or more than one, of keys that exclude each other. */
  private oneOf(path: KeyPath, keys: readonly string[], given: readonly string[]): BadInput {
    const wanted = `say exactly one of ${keys.join(", ")}`;
    const second = given[1];
    if (second === undefined) return this.frame.document.refuse(path, wanted);
    return this.frame.document.refuse([...path, second], `${wanted}; ${String(given[0])} is there already`);
  }

  private refuseAboveCapacity(path: KeyPath, volumeNl: number): void {
    const { capacityNl } = this.pump.config;
    if (volumeNl > capacityNl)
      throw this.frame.document.refuse(
        path,
        `${formatVolume(volumeNl)} is more than the reservoir holds (${formatVolume(capacityNl)})`,
      );
  }
}
