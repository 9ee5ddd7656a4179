import { formatDuration, formatRate, formatVolume } from "../../config/quantities";
import type { PumpAlarms, PumpIdentity, PumpRate, PumpResidual, PumpState, PumpTotals } from "../../link/registers";
import type { PumpLink } from "../../link/pump-link";
import { labelOf } from "../../sim/interrogation/readable";
import { wallText } from "../../sim/scenario/wall-clock";
import { TherapyMode } from "../../src/delivery/therapy";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { AlarmPriority } from "../../src/safety/alarm-table";
import { FaultKind } from "../../src/safety/fault";
import { painted } from "../terminal";
import type { Terminal } from "../terminal";
import { digestText } from "./digest-text";

/** All that a pump tells anyone. */
export interface PumpStatus {
  readonly identity: PumpIdentity;
  readonly state: PumpState;
  readonly alarms: PumpAlarms;
  readonly residual: PumpResidual;
  readonly rate: PumpRate;
  readonly totals: PumpTotals;
}

/** Reads all registers. Rejects with LinkLost. */
export async function readStatus(link: PumpLink): Promise<PumpStatus> {
  return {
    identity: link.identity,
    state: await link.state(),
    alarms: await link.alarms(),
    residual: await link.residual(),
    rate: await link.rate(),
    totals: await link.totals(),
  };
}

/** The object of the kind `status`. */
export function statusResult({ identity, state, alarms, residual, rate, totals }: PumpStatus): {
  readonly kind: "status";
  readonly [key: string]: unknown;
} {
  const { mode, fault, digest, wallMs, ...rest } = state;
  return {
    kind: "status",
    identity: { ...identity, firmware: firmwareText(identity.firmware) },
    state: {
      mode: TherapyMode[mode] ?? mode,
      fault: FaultKind[fault] ?? fault,
      digest: digest === 0 ? null : digestText(digest),
      wall: wallMs === undefined ? null : wallText(wallMs),
      ...rest,
    },
    alarms: {
      active: alarms.active.map((alarm) => AlarmKind[alarm]),
      withCause: alarms.withCause.map((alarm) => AlarmKind[alarm]),
      priority: AlarmPriority[alarms.priority] ?? alarms.priority,
      isSilenced: alarms.isSilenced,
    },
    reservoir: residual,
    rate,
    totals,
  };
}

/** Three times three digits as `0.4.0`. */
function firmwareText(version: number): string {
  return [1000000, 1000, 1].map((unit) => Math.floor(version / unit) % 1000).join(".");
}

/** The status for people. */
export function statusText(status: PumpStatus, terminal: Terminal): string {
  const { identity, state, residual, totals } = status;
  const rows: readonly (readonly [string, string])[] = [
    ["therapy", therapyText(status, terminal)],
    ["alarms", alarmsText(status.alarms, terminal)],
    ["reservoir", reservoirText(residual)],
    ["prescription", state.digest === 0 ? "none in force" : `in force, digest ${digestText(state.digest)}`],
    ["clock", clockText(state)],
    ["strokes", `${totals.strokes} since the pump was made`],
    ["boluses", `${totals.granted} granted, ${totals.denied} denied since this start`],
    ["session", sessionText(state)],
  ];
  const title = `Pump ${identity.serial} (model ${identity.model}, firmware ${firmwareText(identity.firmware)})`;
  const lines = rows.map(([name, text]) => `  ${name.padEnd(14)}${text}`);
  return `${[painted(terminal, "bold", title), ...lines].join("\n")}\n`;
}

function therapyText({ state, rate }: PumpStatus, terminal: Terminal): string {
  if (state.fault !== 0)
    return painted(terminal, "red", `in its safe state: ${labelOf(FaultKind[state.fault] ?? String(state.fault))}`);
  const word = TherapyMode[state.mode] ?? String(state.mode);
  // The two are read one behind the other: a pump that was stopped in between delivers no basal.
  const isStopped = state.mode === Number(TherapyMode.stopped);
  const basal = isStopped ? [] : `basal ${formatRate(rate.basalNlPerDay)}`;
  const bolus = rate.bolusNlPerDay === 0 ? [] : `a bolus at ${formatRate(rate.bolusNlPerDay)}`;
  return [isStopped ? word : painted(terminal, "green", word), basal, bolus].flat().join(", ");
}

/** The active alarms in words. */
export function alarmsText({ active, withCause, priority, isSilenced }: PumpAlarms, terminal: Terminal): string {
  if (active.length === 0) return "none";
  const caused = new Set(withCause);
  const words = active.map((alarm) => labelOf(AlarmKind[alarm]) + (caused.has(alarm) ? "" : " (its cause has gone)"));
  const text = `${words.join(", ")}; ${AlarmPriority[priority] ?? priority} priority${isSilenced ? ", silenced" : ""}`;
  return painted(terminal, priority >= Number(AlarmPriority.medium) ? "red" : "yellow", text);
}

function reservoirText({ leastNl, mostNl, lowNl, filledNl }: PumpResidual): string {
  const content = leastNl === mostNl ? formatVolume(leastNl) : `${formatVolume(leastNl)} to ${formatVolume(mostNl)}`;
  return `${content} (filled to ${formatVolume(filledNl)}, low at ${formatVolume(lowNl)})`;
}

function clockText({ wallMs, coreMs }: PumpState): string {
  const powered = `${formatDuration(coreMs)} of powered time`;
  return wallMs === undefined ? `not set; ${powered}` : `${wallText(wallMs)}; ${powered}`;
}

function sessionText({ hasKey, hasSession, waitMs }: PumpState): string {
  if (!hasKey) return "no key is set: read only";
  const wait = waitMs === 0 ? "" : `; after wrong keys it waits ${Math.ceil(waitMs / 1000)} s`;
  return (hasSession ? "one is open" : "none is open") + wait;
}
