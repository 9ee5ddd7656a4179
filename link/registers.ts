import { GET_REGISTER, PROTOCOL, Register } from "../src/service/protocol";
import { AlarmKind } from "../src/safety/alarm-kind";
import { BadAnswer } from "./link-errors";
import type { PumpLine } from "./pump-line";

// How many numbers each register has, at least: a later firmware may add some.
const NUMBERS: Readonly<Record<Register, number>> = {
  [Register.identity]: 6,
  [Register.state]: 9,
  [Register.alarms]: 4,
  [Register.residual]: 4,
  [Register.rate]: 2,
  [Register.totals]: 4,
};

/** Who the pump is. Anyone can read this, and anyone on the bus can say it: only a session proves it. */
export interface PumpIdentity {
  readonly protocol: number;
  readonly model: number;
  readonly serial: number;
  /** Three times three digits, as FIRMWARE_VERSION. */
  readonly firmware: number;
  /** Number of the build. */
  readonly program: number;
  readonly plPerRevolution: number;
}

/** How the pump is. Unsealed, as {@link PumpIdentity}. */
export interface PumpState {
  /** A TherapyMode. */
  readonly mode: number;
  /** A FaultKind. */
  readonly fault: number;
  readonly coreMs: number;
  /** Since 2000-01-01; `undefined`: not known. */
  readonly wallMs: number | undefined;
  /** Of the prescription in force; 0: none. */
  readonly digest: number;
  readonly highestCommandId: number;
  readonly hasKey: boolean;
  readonly hasSession: boolean;
  /** Until a session can be opened. */
  readonly waitMs: number;
}

/** The alarms. Unsealed, as {@link PumpIdentity}. */
export interface PumpAlarms {
  readonly active: readonly AlarmKind[];
  /** Those of them whose cause is there. */
  readonly withCause: readonly AlarmKind[];
  /** AlarmPriority that shows. */
  readonly priority: number;
  readonly isSilenced: boolean;
}

/** What is in the reservoir, in nL. Unsealed. */
export interface PumpResidual {
  readonly leastNl: number;
  readonly mostNl: number;
  readonly lowNl: number;
  readonly filledNl: number;
}

/** What is being delivered, in nL/day. Unsealed. */
export interface PumpRate {
  readonly basalNlPerDay: number;
  readonly bolusNlPerDay: number;
}

/** What was counted. Unsealed. */
export interface PumpTotals {
  readonly strokes: number;
  readonly primingStrokes: number;
  readonly granted: number;
  readonly denied: number;
}

/** Reads a register: whole numbers. Rejects with {@link BadAnswer}, or LinkLost. */
export async function readRegister(line: PumpLine, register: Register, repeats?: number): Promise<number[]> {
  const numbers = await line.ask(GET_REGISTER + register, new Uint8Array(0), numbersIn, repeats);
  const { [0]: protocol } = numbers;
  if (register === Register.identity && protocol !== PROTOCOL)
    throw new BadAnswer(`the pump speaks version ${protocol} of the service; this program speaks ${PROTOCOL}`);
  if (numbers.length < NUMBERS[register])
    throw new BadAnswer(`register ${register} of the pump has ${numbers.length} numbers, not ${NUMBERS[register]}`);
  return numbers;
}

function numbersIn(payload: Uint8Array): number[] | undefined {
  if (payload.length === 0 || payload.length % 8 !== 0) return undefined;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  const numbers = Array.from({ length: payload.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
  return numbers.every(Number.isSafeInteger) ? numbers : undefined;
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readIdentity(line: PumpLine, repeats?: number): Promise<PumpIdentity> {
  const [protocol = 0, model = 0, serial = 0, firmware = 0, program = 0, plPerRevolution = 0] = await readRegister(
    line,
    Register.identity,
    repeats,
  );
  return { protocol, model, serial, firmware, program, plPerRevolution };
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readState(line: PumpLine): Promise<PumpState> {
  const [
    mode = 0,
    fault = 0,
    coreMs = 0,
    wallMs = 0,
    digest = 0,
    highestCommandId = 0,
    hasKey,
    hasSession,
    waitMs = 0,
  ] = await readRegister(line, Register.state);
  return {
    mode,
    fault,
    coreMs,
    wallMs: wallMs < 0 ? undefined : wallMs,
    digest,
    highestCommandId,
    hasKey: hasKey === 1,
    hasSession: hasSession === 1,
    waitMs,
  };
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readAlarms(line: PumpLine): Promise<PumpAlarms> {
  const [active = 0, withCause = 0, priority = 0, silenced] = await readRegister(line, Register.alarms);
  return { active: alarmsIn(active), withCause: alarmsIn(withCause), priority, isSilenced: silenced === 1 };
}

function alarmsIn(sum: number): AlarmKind[] {
  const kinds = Object.values(AlarmKind).filter((kind) => typeof kind === "number");
  return kinds.filter((kind) => Math.floor(sum / 2 ** kind) % 2 === 1);
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readResidual(line: PumpLine): Promise<PumpResidual> {
  const [leastNl = 0, mostNl = 0, lowNl = 0, filledNl = 0] = await readRegister(line, Register.residual);
  return { leastNl, mostNl, lowNl, filledNl };
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readRate(line: PumpLine): Promise<PumpRate> {
  const [basalNlPerDay = 0, bolusNlPerDay = 0] = await readRegister(line, Register.rate);
  return { basalNlPerDay, bolusNlPerDay };
}

/** Reads the register. Rejects as {@link readRegister}. */
export async function readTotals(line: PumpLine): Promise<PumpTotals> {
  const [strokes = 0, primingStrokes = 0, granted = 0, denied = 0] = await readRegister(line, Register.totals);
  return { strokes, primingStrokes, granted, denied };
}
