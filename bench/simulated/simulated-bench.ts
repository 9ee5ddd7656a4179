import type { PumpConfig } from "../../src/config";
import { Balance } from "../../sim/plant/balance";
import type { BalanceModel } from "../../sim/plant/balance";
import { HeadFlow } from "../../sim/plant/head-flow";
import type { HeadFlowModel } from "../../sim/plant/head-flow";
import { Vessel } from "../../sim/plant/vessel";
import { waterDensityGPerMl } from "../../sim/plant/water";
import { BENCH_PROFILES, drawInstrument } from "./bench-profile";
import type { BenchProfile, BenchProfileName, TrueInstrument } from "./bench-profile";
import { balanceModel, headModel } from "./instrument-models";
import { StrokeCourse } from "./stroke-course";
import type { BenchBolus } from "./stroke-course";

/** What a simulated bench is made of. */
export interface SimulatedBenchSetup {
  /** The pump; what its reservoir holds and its drugs allow does not matter on the bench. */
  readonly config: PumpConfig;
  /** In mL/h; above 0, to the pump's maximum rate. */
  readonly rateMlPerH: number;
  /** The data sheet of balance, vessel, room and head. */
  readonly profile: BenchProfileName;
  /** Which of the instruments of that sheet, and which noise; a whole number from 0 to 2^32 - 1. */
  readonly seed: number;
  readonly boluses?: readonly BenchBolus[] | undefined;
  /** True volume of a revolution in uL; left out: the configured one, off by what the seed draws from the sheet. */
  readonly revolutionUl?: number | undefined;
  /** Other properties of the head than the sheet's; `calibrationPercent` gives way to `revolutionUl`. */
  readonly head?: Partial<HeadFlowModel> | undefined;
  /** Other properties of the balance than the instrument's, as draughts or a smaller capacity. */
  readonly balance?: Partial<BalanceModel> | undefined;
  /** Told of each line of the pump's event log (NDJSON, without the line's end); `atMs` counts from the start. Not with `course`. */
  readonly onPumpLine?: ((text: string) => void) | undefined;
  /** The pump's strokes, when several benches share them; the bench does not close it. */
  readonly course?: StrokeCourse | undefined;
}

/** What the balance shows. */
export interface BalanceDisplay {
  /** In g, against the tare. */
  readonly massG: number;
  /** The same with all places of the display: `12.3456`. */
  readonly text: string;
  readonly isStable: boolean;
  readonly isOverload: boolean;
  readonly isUnderload: boolean;
}

/** What can be done at a balance. */
export interface WeighingDisplay {
  display(): BalanceDisplay;
  /** Returns what was tared away, in g. */
  tare(): number;
  /** The pan is empty but for the vessel: takes every tare back and makes what it shows 0. */
  zero(): void;
  clearTare(): void;
  /** A mass in g with the places of the display. */
  textOf(massG: number): string;
  /** Smallest step of the display, in g. */
  readonly resolutionG: number;
  /** Most that it weighs, in g. */
  readonly capacityG: number;
  /** Model and serial number as the balance tells them. */
  readonly model: string;
  readonly serial: string;
}

/**
 * A pump that delivers into a vessel on a balance, all simulated. Pump and balance start together at 0 with the vessel tared; time passes in
 * {@link advanceTo} only. The same setup shows the same weights at the same instants, however often it is looked at.
 */
export class SimulatedBench implements WeighingDisplay {
  /** What is true of this bench, and a technician does not know. */
  readonly truth: TrueInstrument;
  readonly profile: BenchProfile;
  readonly resolutionG: number;
  readonly capacityG: number;
  readonly model: string;
  readonly serial: string;
  private readonly course: StrokeCourse;
  private readonly head: HeadFlow;
  private readonly vessel: Vessel;
  private readonly balance: Balance;
  private readonly densityGPerMl: number;
  private nowMs = 0;
  private strokesTaken = 0;
  /** When the last stroke that was taken is over. */
  private strokeEndMs = 0;

  /** Throws `QuantityError` when this pump cannot give the rate or a bolus, `RangeError` for a model outside its ranges. */
  constructor(private readonly setup: SimulatedBenchSetup) {
    const profile: BenchProfile = BENCH_PROFILES[setup.profile];
    this.profile = profile;
    const truth = drawInstrument(profile, setup.seed);
    this.truth = truth;
    const { config } = setup;
    this.head = new HeadFlow(config, { ...headModel(profile, truth), ...setup.head, ...toldVolume(setup) });
    this.densityGPerMl = profile.air === undefined ? 1 : waterDensityGPerMl(truth.temperatureC);
    const { densityGPerMl } = this;
    this.vessel = new Vessel({ densityGPerMl, evaporationGPerH: truth.evaporationGPerH }, config.strokeMs);
    const balance = { ...balanceModel(profile, truth, densityGPerMl), ...setup.balance };
    this.balance = new Balance(balance, setup.seed, -truth.evaporationGPerH);
    this.resolutionG = balance.resolutionG;
    this.capacityG = balance.capacityG;
    this.model = profile.model;
    this.serial = `SIM${String(setup.seed).padStart(7, "0")}`;
    this.course = setup.course ?? new StrokeCourse(setup);
    this.takeStrokes();
  }

  /** Time that has been reached, in ms since the start. */
  get elapsedMs(): number {
    return this.nowMs;
  }

  /** Pump and balance go on to `elapsedMs`, not before the time that has been reached. */
  advanceTo(elapsedMs: number): void {
    if (elapsedMs < this.nowMs) throw new RangeError(`it is ${this.nowMs} ms already, and no ${elapsedMs} ms any more`);
    this.nowMs = elapsedMs;
    this.takeStrokes();
  }

  display(): BalanceDisplay {
    return this.balance.reading(this.nowMs);
  }

  tare(): number {
    return this.balance.tare(this.nowMs);
  }

  zero(): void {
    this.balance.clearTare();
    this.balance.tare(this.nowMs);
  }

  clearTare(): void {
    this.balance.clearTare();
  }

  textOf(massG: number): string {
    return this.balance.textOf(massG);
  }

  /** What had really left the pump's outlet at `elapsedMs`, in nL; at any instant that has been reached. */
  trueVolumeNl(elapsedMs: number): number {
    return this.vessel.volumeNl(elapsedMs);
  }

  /** What was really in the vessel at `elapsedMs`, against the start, in g. */
  trueGainG(elapsedMs: number): number {
    return this.vessel.gainG(elapsedMs);
  }

  /** The pump is switched off, unless others share it. */
  close(): void {
    if (this.setup.course === undefined) this.course.close();
  }

  /** All strokes that have begun leave the head: one after the other, each over the time that the configuration gives it. */
  private takeStrokes(): void {
    const { course, nowMs } = this;
    const { strokeMs } = this.setup.config;
    course.advanceTo(nowMs);
    while (this.strokesTaken < course.strokes) {
      const startMs = Math.max(this.strokeEndMs, course.dueAt(this.strokesTaken));
      if (startMs > nowMs) return;
      const volumeNl = this.head.strokeNl();
      this.vessel.take(startMs, volumeNl);
      this.balance.pour(startMs, strokeMs, (volumeNl / 1e6) * this.densityGPerMl);
      this.strokeEndMs = startMs + strokeMs;
      this.strokesTaken++;
    }
  }
}

/** The head's calibration when its true volume of a revolution is told. */
function toldVolume({ config, revolutionUl }: SimulatedBenchSetup): Partial<HeadFlowModel> {
  return revolutionUl === undefined
    ? {}
    : { calibrationPercent: 100 * ((revolutionUl * 1e6) / config.plPerRevolution - 1) };
}
