import type { SerialSettings } from "../../bench/balances/serial-settings";
import { USUAL_SERIAL } from "../../bench/balances/serial-settings";
import type { Manifest } from "../../bench/record/manifest";
import { formatDuration } from "../../config/duration";
import { BadUsage } from "../bad-usage";
import { requirePossible } from "./record-limits";
import { DEFAULT_PUMP_FILE } from "../../toolchain/devicescript/generated-config";
import type { RecordOptions } from "./record-command-line";

/** What a recording is made with, in the form of its manifest. */
export type RecordSettings = Omit<
  Manifest,
  "format" | "started" | "clock" | "raw" | "pumpLog" | "resumed" | "complete" | "balance"
> & { readonly balance: Pick<Manifest["balance"], "protocol" | "address" | "serial" | "profile" | "unit"> };

const USUAL_INTERVAL_MS = 30000;
const USUAL_DURATION_MS = 26 * 3600000;
const USUAL_RATE = { text: "24 mL/day", mlPerH: 1 };
const USUAL_PROFILE = "analytical";
const USUAL_SEED = 1;

/**
 * The settings of a new recording. Throws `BadUsage` for options that do not go together.
 * @param replayMs how long a replayed file lasts, for its default duration
 */
export function newSettings(options: RecordOptions, replayMs: number | undefined): RecordSettings {
  const kind = options.connect?.kind ?? "sim";
  refuseStray(options, kind);
  const rate = options.rate ?? (kind === "sim" ? USUAL_RATE : undefined);
  const profile = kind === "sim" ? (options.profile ?? USUAL_PROFILE) : null;
  const settings: RecordSettings = {
    rateMlPerH: rate?.mlPerH ?? null,
    rate: rate?.text ?? null,
    intervalMs: options.interval ?? USUAL_INTERVAL_MS,
    durationMs: options.duration ?? (replayMs === undefined ? USUAL_DURATION_MS : Math.max(1, replayMs)),
    operator: options.operator ?? null,
    pump: {
      serial: options.pumpSerial ?? null,
      model: options.pumpModel ?? null,
      firmware: options.firmware ?? null,
    },
    set: options.set ?? null,
    balance: {
      protocol: options.protocol ?? "mt-sics",
      address: options.connect?.text ?? "sim",
      profile,
      unit: options.unit ?? null,
      serial: kind === "serial" ? serialSettings(options) : null,
    },
    liquid: options.liquid ?? (kind === "sim" ? "water" : null),
    temperatureC: options.temperature ?? null,
    pressureHpa: options.pressure ?? null,
    humidityPercent: options.humidity ?? null,
    note: options.note ?? null,
    simulated:
      profile === null
        ? null
        : {
            seed: options.seed ?? USUAL_SEED,
            profile,
            pump: options.pump ?? DEFAULT_PUMP_FILE,
            revolutionUl: options.setVolume === undefined ? null : 1000 * options.setVolume,
            boluses: [...(options.bolus ?? [])],
          },
  };
  requirePossible(settings);
  return settings;
}

/**
 * The settings to go on with: those of the manifest. Throws `BadUsage` when the command line says one that is another.
 * @param folder for the message
 */
export function resumedSettings(options: RecordOptions, manifest: Manifest, folder: string): RecordSettings {
  for (const { option, written, kept, text } of comparisons(options, manifest))
    if (written !== undefined && !isSame(written, kept))
      throw new BadUsage(
        `${option}: the recording in ${folder} was begun with ${text ?? told(kept)}; go on without it, or record into another folder`,
      );
  return manifest;
}

interface Comparison {
  readonly option: string;
  readonly written: unknown;
  readonly kept: unknown;
  /** `kept` for people, where it is not plain. */
  readonly text?: string | undefined;
}

function comparisons(options: RecordOptions, manifest: Manifest): Comparison[] {
  const { pump, balance, simulated } = manifest;
  const { serial } = balance;
  const of = (option: string, written: unknown, kept: unknown): Comparison => ({ option, written, kept });
  return [
    of("--connect", options.connect?.text, balance.address),
    of("--protocol", options.protocol, balance.protocol),
    of("--unit", options.unit, balance.unit ?? null),
    of("--baud", options.baud, serial?.baud ?? null),
    of("--data-bits", options.dataBits, serial === null ? null : String(serial.dataBits)),
    of("--parity", options.parity, serial?.parity ?? null),
    of("--stop-bits", options.stopBits, serial === null ? null : String(serial.stopBits)),
    of("--handshake", options.handshake, serial?.handshake ?? null),
    { ...of("--rate", options.rate?.mlPerH, manifest.rateMlPerH), text: manifest.rate ?? undefined },
    of("--duration", duration(options.duration), duration(manifest.durationMs)),
    of("--interval", duration(options.interval), duration(manifest.intervalMs)),
    of("--operator", options.operator, manifest.operator),
    of("--pump-serial", options.pumpSerial, pump.serial),
    of("--pump-model", options.pumpModel, pump.model),
    of("--firmware", options.firmware, pump.firmware),
    of("--set", options.set, manifest.set),
    of("--liquid", options.liquid, manifest.liquid),
    of("--temperature", options.temperature, manifest.temperatureC),
    of("--pressure", options.pressure, manifest.pressureHpa),
    of("--humidity", options.humidity, manifest.humidityPercent),
    of("--note", options.note, manifest.note),
    of("--pump", options.pump, simulated?.pump ?? null),
    of("--profile", options.profile, simulated?.profile ?? null),
    of("--seed", options.seed, simulated?.seed ?? null),
    of(
      "--set-volume",
      options.setVolume === undefined ? undefined : 1000 * options.setVolume,
      simulated?.revolutionUl ?? null,
    ),
    of("--bolus", options.bolus, simulated?.boluses ?? null),
  ];
}

function duration(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatDuration(ms);
}

function isSame(written: unknown, kept: unknown): boolean {
  return JSON.stringify(written) === JSON.stringify(kept);
}

function told(kept: unknown): string {
  if (kept === null) return "none";
  return typeof kept === "string" || typeof kept === "number" ? String(kept) : "others";
}

function serialSettings(options: RecordOptions): SerialSettings {
  const { baud, dataBits, parity, stopBits, handshake } = options;
  return {
    baud: baud ?? USUAL_SERIAL.baud,
    dataBits: dataBits === "7" ? 7 : 8,
    parity: parity ?? USUAL_SERIAL.parity,
    stopBits: stopBits === "2" ? 2 : 1,
    handshake: handshake ?? USUAL_SERIAL.handshake,
  };
}

/** Options that mean nothing for this kind of balance are a mistake that should not pass unseen. */
function refuseStray(options: RecordOptions, kind: "sim" | "serial" | "tcp" | "replay"): void {
  const { baud, dataBits, parity, stopBits, handshake, profile, seed, bolus, pump, protocol, setVolume, unit } =
    options;
  const serial = { baud, "data-bits": dataBits, parity, "stop-bits": stopBits, handshake };
  const simulated = { profile, seed, bolus, pump, "set-volume": setVolume };
  const first = (group: object): string | undefined =>
    Object.entries(group).find(([, value]) => value !== undefined)?.[0];
  const stray = [kind === "serial" ? undefined : first(serial), kind === "sim" ? undefined : first(simulated)];
  const [strayName] = stray.filter((name) => name !== undefined);
  if (strayName !== undefined)
    throw new BadUsage(`--${strayName} is for ${stray[0] === undefined ? "--connect sim" : "--connect serial:..."}`);
  if (kind === "sim" && protocol !== undefined && protocol !== "mt-sics")
    throw new BadUsage(`--protocol ${protocol}: the simulated balance speaks mt-sics`);
  if (unit !== undefined && protocol !== "sbi")
    throw new BadUsage(`--unit is for --protocol sbi: in ${protocol ?? "mt-sics"} each weight says its unit`);
}
