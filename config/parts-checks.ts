import { BOARD_PARTS } from "./board-pins";
import type { PartPin } from "./board-pins";
import { BOARD_IDS } from "./boards";
import type { KeyPath } from "./document";
import { MEMORY_CHIP_BYTES } from "./memory-chips";
import { formatPhysical, PRESSURE } from "./physical-quantity";
import type { PumpFile } from "./pump-file";
import type { PumpProblem } from "./pump-problem";
import { formatVoltage } from "./voltage";

/** From this size on a chip takes two device addresses, in bytes. */
const TWO_ADDRESSES_BYTES = 131072;

/** The first thing wrong with the parts that a pump declares on its board, or `undefined`. */
export function partsProblem(file: PumpFile): PumpProblem | undefined {
  return pinProblem(file) ?? memoryProblem(file) ?? pressureProblem(file) ?? batteryProblem(file);
}

function pinProblem({ board, parts, countsPerRevolution }: PumpFile): PumpProblem | undefined {
  const wanted: [isDeclared: boolean, pin: PartPin, key: KeyPath][] = [
    [countsPerRevolution !== 0, "ROLLER", ["encoder"]],
    [parts.occlusionSwitch !== undefined, "OCCLUSION", ["occlusion", "switch"]],
    [parts.pressure !== undefined, "OCCLUSION", ["occlusion", "pressure"]],
    [parts.air !== undefined, "AIR", ["airSensor"]],
    [parts.batteryDivider !== 0, "BATTERY", ["battery", "divider"]],
    [parts.supervisor, "KICK", ["supervisor"]],
  ];
  const missing = wanted.find(([isDeclared, pin]) => isDeclared && !BOARD_PARTS[board].pins.includes(pin));
  if (missing !== undefined) {
    const [, pin, key] = missing;
    const others = BOARD_IDS.filter((id) => BOARD_PARTS[id].pins.includes(pin));
    return { keys: [key, ["board"]], message: `${board} has no pin ${pin} for it; it is on ${others.join(" and ")}` };
  }
  if (parts.occlusionSwitch !== undefined && parts.pressure !== undefined)
    return {
      keys: [["occlusion", "pressure"]],
      message: "a board has one pin OCCLUSION: for a switch or for a pressure sensor",
    };
  return undefined;
}

/**
 * What a board cannot watch, although the pump is sound in the simulator: its pin ROLLER is looked at once a stroke, so each mark and each
 * gap has to be one stroke wide.
 */
export function rollerProblem({ head, countsPerRevolution }: PumpFile): PumpProblem | undefined {
  const most = Math.floor(head.fullStepsPerRevolution / head.fullStepsPerStroke / 2);
  if (countsPerRevolution <= most) return undefined;
  return {
    keys: [["encoder", "countsPerRevolution"]],
    message: `${countsPerRevolution} marks pass unseen on a board; it sees ${most} at most, one in two strokes`,
  };
}

/** What a program on a board does without a FRAM, in one line; `undefined`: the pump declares one. */
export function withoutMemory({ parts: { memory } }: PumpFile): string | undefined {
  if (memory !== undefined && memory !== "settings") return undefined;
  const keeps = memory === "settings" ? "settings keep a count only" : "no memory is declared";
  return `${keeps}: on a board each start is a blank pump, which takes no key, and so no order over the link`;
}

function memoryProblem({ parts: { memory } }: PumpFile): PumpProblem | undefined {
  if (memory === undefined || memory === "settings") return undefined;
  if (MEMORY_CHIP_BYTES[memory.chip] < TWO_ADDRESSES_BYTES || memory.address % 2 === 0) return undefined;
  return {
    keys: [["memory", "address"]],
    message: `${memory.chip} takes two addresses, and the first is even: 0x50, 0x52, 0x54 or 0x56`,
  };
}

/** Voltage at which the converter of the pump's board reads its full scale, in mV: as measured, or a typical one. */
export function fullScaleMv({ board, parts }: PumpFile): number {
  return parts.adcFullScaleMv ?? BOARD_PARTS[board].adcFullScaleMv;
}

function pressureProblem(file: PumpFile): PumpProblem | undefined {
  const pressure = file.parts.pressure;
  if (pressure === undefined) return undefined;
  const adcFullScaleMv = fullScaleMv(file);
  const { zeroMv, fullMv, fullKpa, blockedKpa, divider } = pressure;
  const key = (name: string): KeyPath => ["occlusion", "pressure", name];
  if (zeroMv >= fullMv)
    return {
      keys: [key("atZero"), key("atFull")],
      message: `${formatVoltage(zeroMv)} must be less than atFull, ${formatVoltage(fullMv)}; a sensor whose voltage falls will not do`,
    };
  if (blockedKpa >= fullKpa)
    return {
      keys: [key("blocked"), key("full")],
      message: `${formatPhysical(PRESSURE, blockedKpa)} must be less than full, ${formatPhysical(PRESSURE, fullKpa)}`,
    };
  if (fullMv / divider >= adcFullScaleMv)
    return {
      keys: [key("divider"), key("atFull"), ["adcFullScale"]],
      message: `${formatVoltage(fullMv)} by ${divider} is above what the converter reads, ${formatVoltage(adcFullScaleMv)}; the least divider is ${Math.ceil((1000 * fullMv) / (adcFullScaleMv - 1)) / 1000}`,
    };
  return undefined;
}

function batteryProblem(file: PumpFile): PumpProblem | undefined {
  const { battery, parts } = file;
  const { batteryDivider } = parts;
  const adcFullScaleMv = fullScaleMv(file);
  if (batteryDivider === 0 || battery.lowMv / batteryDivider < adcFullScaleMv) return undefined;
  return {
    keys: [["battery", "divider"], ["battery", "low"], ["adcFullScale"]],
    message: `${formatVoltage(battery.lowMv)} by ${batteryDivider} is above what the converter reads, ${formatVoltage(adcFullScaleMv)}`,
  };
}
