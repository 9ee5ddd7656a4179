import { MEMORY_CHIP_BYTES } from "../../config/memory-chips";
import { fullScaleMv } from "../../config/parts-checks";
import type { PumpFile } from "../../config/pump-file";

/** The module that a board's program takes its optional parts from. What no pump file declares is in no import, and so not compiled in. */
export const GENERATED_PARTS = "boards/generated/board-parts.ts";

/** Share of the pressure at which a line is blocked, below which it counts as open again. */
const OPEN_SHARE = 0.8;

/** A supply that reads less than this share of its lower mark has no divider at its pin. */
const LEAST_SUPPLY_SHARE = 0.25;

/** What the module imports, by its name, and from where. */
type Imports = Map<string, string>;

/** What the optional parts are joined to. */
const PARAMETERS: readonly [name: string, type: string][] = [
  ["pins", "BoardPins"],
  ["pump", "Pump"],
  ["loop", "ControlLoop"],
  ["stepper", "PulseStepper"],
  ["clock", "CoreClock"],
  ["shell", "Shell"],
];

function usesName(lines: readonly string[], name: string): boolean {
  return lines.some((line) => new RegExp(`\\b${name}\\b`).test(line));
}

/** The text of {@link GENERATED_PARTS} for a pump on its board. The pump must have passed the checks of `readPump`. */
export function generatedParts(pump: PumpFile, file: string): string {
  const imports: Imports = new Map();
  const memory = memoryLine(pump, imports);
  const parts = [...clockLines(pump, imports), ...sensorLines(pump, imports), ...supervisorLines(pump, imports)];
  const lines = [
    ...(parts.some((line) => line.includes("inbox")) ? ["const inbox = loop.inbox;"] : []),
    ...parts,
    pump.parts.clockChip === undefined ? "return null;" : "return chip;",
  ];
  const modules = [...new Set(imports.values())].sort();
  const values = modules.map((module) => {
    const names = [...imports].filter(([, from]) => from === module).map(([name]) => name);
    return `import { ${names.sort().join(", ")} } from "${module}";\n`;
  });
  const usesModes = parts.some((line) => line.includes("ds."));
  return (
    `// Generated from ${file} for ${pump.board} by every build; changes here are lost, and are never compiled.\n` +
    (usesModes ? 'import * as ds from "@devicescript/core";\n' : "") +
    'import type { ControlLoop } from "../../src/control-loop";\n' +
    'import type { Pump } from "../../src/pump";\n' +
    'import type { BoardPins } from "../board-pins";\n' +
    'import type { BoardMemory } from "../memory/board-memory";\n' +
    'import type { PulseStepper } from "../pulse-stepper";\n' +
    'import type { CoreClock, Shell, SleepObserver } from "../shell";\n' +
    values.join("") +
    "\n/** The motor keeps its current between strokes. */\n" +
    `export const HOLDS_ENABLED = ${pump.parts.holdEnabled};\n` +
    "\n/** What keeps the ledger. */\n" +
    `export function boardMemory(): BoardMemory {\n  return ${memory};\n}\n` +
    `\n/** Joins the optional parts of "${pump.name}" to its pump. Returns who has to be told before the shell sleeps; null: nobody. */\n` +
    "export function addParts(\n" +
    PARAMETERS.map(([name, type]) => `  ${usesName(lines, name) ? "" : "_"}${name}: ${type},\n`).join("") +
    "): SleepObserver | null {\n" +
    lines.map((line) => `  ${line}\n`).join("") +
    "}\n"
  );
}

function memoryLine({ parts: { memory } }: PumpFile, imports: Imports): string {
  if (memory === undefined) {
    imports.set("NoMemory", "../memory/no-memory");
    return "new NoMemory()";
  }
  if (memory === "settings") {
    imports.set("SettingsMemory", "../memory/settings-memory");
    return "new SettingsMemory()";
  }
  imports.set("FramStore", "../memory/fram-store");
  return `new FramStore(${memory.address}, ${MEMORY_CHIP_BYTES[memory.chip]})`;
}

function clockLines({ parts }: PumpFile, imports: Imports): string[] {
  if (parts.clockChip === undefined) return [];
  imports.set("ClockChip", "../clock/clock-chip");
  imports.set("BoardPart", "../../src/safety/fault");
  imports.set("missPart", "../missing-part");
  return ["const chip = new ClockChip(pump, inbox, clock);", "if (!chip.begin()) missPart(pump, BoardPart.clockChip);"];
}

function sensorLines(pump: PumpFile, imports: Imports): string[] {
  const lines = [
    ...rollerLines(pump, imports),
    ...switchLines(pump, imports),
    ...pressureLines(pump, imports),
    ...supplyLines(pump, imports),
  ];
  if (lines.length === 0) return [];
  imports.set("SensorWatch", "../sensors/sensor-watch");
  return ["const watch = new SensorWatch(clock);", ...lines, "stepper.observer = watch;", "watch.run.start();"];
}

function rollerLines({ countsPerRevolution }: PumpFile, imports: Imports): string[] {
  if (countsPerRevolution === 0) return [];
  imports.set("RollerIndex", "../sensors/roller-index");
  return ["watch.add(new RollerIndex(pins.ROLLER, ds.GPIOMode.InputPullUp, inbox, shell));"];
}

/** Two-wire detectors: the pull resistor makes a broken wire read as high, so where high is the alarm it is seen. */
function switchLines({ parts }: PumpFile, imports: Imports): string[] {
  const lines: string[] = [];
  const add = (pin: string, mode: string, level: number, alarm: string): void => {
    imports.set("AlarmSwitch", "../sensors/alarm-switch");
    imports.set("AlarmKind", "../../src/safety/alarm-kind");
    lines.push(
      "watch.add(",
      `  new AlarmSwitch(pins.${pin}, ds.GPIOMode.${mode}, ${level}, AlarmKind.${alarm}, inbox, shell),`,
      ");",
    );
  };
  if (parts.occlusionSwitch !== undefined)
    add("OCCLUSION", "InputPullUp", parts.occlusionSwitch === "opens" ? 1 : 0, "occlusion");
  if (parts.air === "high") add("AIR", "InputPullUp", 1, "airInLine");
  if (parts.air === "low") add("AIR", "InputPullDown", 0, "airInLine");
  return lines;
}

/** Voltages at the pin: halfway between no sensor and no pressure is a broken wire, halfway between full pressure and full scale a short. */
function pressureLines(pump: PumpFile, imports: Imports): string[] {
  const pressure = pump.parts.pressure;
  if (pressure === undefined) return [];
  const adcFullScaleMv = fullScaleMv(pump);
  imports.set("LinePressure", "../sensors/line-pressure");
  imports.set("type PressureVoltages", "../sensors/line-pressure");
  imports.set("BoardPart", "../../src/safety/fault");
  imports.set("expectReading", "../missing-part");
  const atPin = (mv: number): number => Math.round(mv / pressure.divider);
  const at = (kPa: number): number =>
    atPin(pressure.zeroMv + ((pressure.fullMv - pressure.zeroMv) * kPa) / pressure.fullKpa);
  const least = Math.round(atPin(pressure.zeroMv) / 2);
  const most = Math.round((atPin(pressure.fullMv) + adcFullScaleMv) / 2);
  const share = (mv: number): number => Number((mv / adcFullScaleMv).toFixed(4));
  const voltages = {
    fullScaleMv: adcFullScaleMv,
    blockedMv: at(pressure.blockedKpa),
    openMv: at(OPEN_SHARE * pressure.blockedKpa),
    leastMv: least,
    mostMv: most,
  };
  return [
    // As a text they are data; as an object they would be code.
    `const voltages = JSON.parse('${JSON.stringify(voltages)}') as PressureVoltages;`,
    "watch.add(new LinePressure(pins.OCCLUSION, voltages, inbox, shell));",
    `expectReading(pump, BoardPart.pressureSensor, pins.OCCLUSION, ${share(least)}, ${share(most)});`,
  ];
}

function supplyLines(pump: PumpFile, imports: Imports): string[] {
  const { batteryDivider } = pump.parts;
  if (batteryDivider === 0) return [];
  imports.set("SupplyVoltage", "../sensors/supply-voltage");
  imports.set("BoardPart", "../../src/safety/fault");
  imports.set("expectReading", "../missing-part");
  const supplyMv = Math.round(fullScaleMv(pump) * batteryDivider);
  const least = Number(((LEAST_SUPPLY_SHARE * pump.battery.outMv) / supplyMv).toFixed(4));
  return [
    `watch.add(new SupplyVoltage(pins.BATTERY, ${supplyMv}, inbox, shell));`,
    `expectReading(pump, BoardPart.batteryDivider, pins.BATTERY, ${least}, 1);`,
  ];
}

function supervisorLines({ parts }: PumpFile, imports: Imports): string[] {
  if (!parts.supervisor) return [];
  imports.set("superviseBy", "../supervisor");
  return ["superviseBy(pins.KICK, shell);"];
}
