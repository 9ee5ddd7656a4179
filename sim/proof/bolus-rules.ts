import type { PumpConfig } from "../../src/config";
import { BolusKind } from "../../src/delivery/bolus-run";
import { TherapyMode } from "../../src/delivery/therapy";
import { MS_PER_DAY } from "../../src/units";
import type { Ordered } from "./ordered";

/** A bolus as the pump told of it when it began; id 0: nobody asked for it. */
export interface Granted {
  readonly id: number;
  readonly volumeNl: number;
  readonly overMs: number;
  readonly kind: BolusKind;
}

/** What is wrong with a bolus that begins at powered time `atMs`. */
export function wrongGrant(granted: Granted, ordered: Ordered, config: PumpConfig, atMs: number): string | undefined {
  const { id, volumeNl, kind } = granted;
  if (id !== 0 && ordered.grantedIds.includes(id)) return `bolus ${id} is given again`;
  if (volumeNl > Math.max(config.maxBolusNl, kind === BolusKind.priming ? config.capacityNl : 0))
    return `bolus ${id} has ${volumeNl} nL, more than the pump may give`;
  if (kind === BolusKind.demand) return wrongDemand(granted, ordered, atMs);
  if (kind === BolusKind.scheduled) return wrongScheduled(granted, ordered, atMs);
  if (kind === BolusKind.priming)
    return ordered.mode === TherapyMode.stopped ? undefined : "a priming bolus begins while therapy goes on";
  return ordered.mode === TherapyMode.running ? undefined : "a clinician's bolus begins while therapy is not running";
}

function wrongDemand({ id, volumeNl }: Granted, ordered: Ordered, atMs: number): string | undefined {
  const p = ordered.prescription;
  if (p === undefined || ordered.mode !== TherapyMode.running) return `bolus ${id} begins while therapy is not running`;
  if (volumeNl !== p.bolusNl) return `bolus ${id} has ${volumeNl} nL instead of ${p.bolusNl} nL`;
  if (ordered.demandNl !== 0) return `bolus ${id} begins while another is under way`;
  const sinceMs = atMs - ordered.lastEndMs;
  if (sinceMs < p.lockoutMs)
    return `bolus ${id} begins ${sinceMs} ms of powered time after the last, inside the lockout`;
  const inDay = ordered.grantsMs.filter((grantMs) => grantMs > atMs - MS_PER_DAY).length;
  if (inDay < p.mostPer24h) return undefined;
  return `bolus ${id} is number ${inDay + 1} in 24 h of powered time, and ${p.mostPer24h} are allowed`;
}

function wrongScheduled({ volumeNl }: Granted, ordered: Ordered, atMs: number): string | undefined {
  const p = ordered.prescription;
  if (p === undefined || ordered.mode !== TherapyMode.running || ordered.hasEnded)
    return "a scheduled bolus begins while its program is not running";
  if (volumeNl !== p.scheduledNl) return `a scheduled bolus has ${volumeNl} nL instead of ${p.scheduledNl} nL`;
  if (p.scheduledCount !== 0 && ordered.scheduled >= p.scheduledCount)
    return `scheduled bolus ${ordered.scheduled + 1} begins, and ${p.scheduledCount} are ordered`;
  if (p.scheduledCount === 1 || atMs - ordered.scheduledMs >= p.scheduledEveryMs) return undefined;
  return `a scheduled bolus begins ${atMs - ordered.scheduledMs} ms of powered time after the last`;
}

/** The orders once it has begun, when `made` strokes had been made. */
export function afterGrant(granted: Granted, before: Ordered, made: number, atMs: number): Ordered {
  const { id, volumeNl, overMs, kind } = granted;
  const ordered = { ...before, strokesAtGrants: [...before.strokesAtGrants, made] };
  const grantedIds = id === 0 ? ordered.grantedIds : [...ordered.grantedIds, id];
  if (kind === BolusKind.demand)
    return { ...ordered, grantedIds, demandNl: volumeNl, grantsMs: [...ordered.grantsMs, atMs].slice(-60) };
  const square = { kind, volumeNl, overMs };
  if (kind !== BolusKind.scheduled) return { ...ordered, grantedIds, square };
  return { ...ordered, square, scheduledMs: atMs, scheduled: ordered.scheduled + 1 };
}

/** The orders once a bolus has ended at powered time `atMs`. */
export function afterEnd(kind: BolusKind, ordered: Ordered, atMs: number): Ordered {
  if (kind === BolusKind.demand) return { ...ordered, demandNl: 0, lastEndMs: atMs };
  return { ...ordered, square: undefined, primedMs: kind === BolusKind.priming ? atMs : ordered.primedMs };
}
