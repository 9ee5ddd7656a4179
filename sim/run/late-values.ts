import { EventKind } from "../../src/events";
import { digestOf } from "../../src/prescription/digest";
import { prescriptionNumbers } from "../../src/prescription/prescription";
import type { EngineInput } from "../engines/engine";
import type { PlannedInput } from "../scenario/scenario";

/** True for a patient's or a clinician's request for a bolus: they share one series of ids. */
export function isRequest({ kind }: EngineInput): boolean {
  return kind === EventKind.requestBolus || kind === EventKind.clinicianBolus;
}

/** What inputs say that is known only when they are handed over, because it follows from those before them. */
export class LateValues {
  /** The id that a request was asked with, by the one that it has in the scenario. */
  private readonly askedIds = new Map<number, number>();
  private stagedDigest = 0;
  /** What the wall clock was last set to, and when; in ms. */
  private clock = { wallMs: 0, atMs: 0 };

  /** The input as it is handed over at `atMs`. Called once for each input, in the order of handing over. */
  complete(planned: PlannedInput, atMs: number): PlannedInput {
    const { input } = planned;
    if (isRequest(input)) return withNumbers(planned, { id: this.risingId(input.id) });
    switch (input.kind) {
      case EventKind.stage:
        if (input.prescription !== undefined) this.stagedDigest = digestOf(prescriptionNumbers(input.prescription));
        return planned;
      case EventKind.confirm:
        return withNumbers(planned, { id: this.digest(planned) });
      case EventKind.setClock: {
        const count = planned.movesClockMs === undefined ? input.count : this.movedClockMs(planned.movesClockMs, atMs);
        this.clock = { wallMs: count, atMs };
        return withNumbers(planned, { count });
      }
      default:
        return planned;
    }
  }

  /** Requests get their ids as they are asked, so that ids rise; those that share one in the scenario share one here. */
  private risingId(id: number): number {
    const rising = this.askedIds.get(id) ?? this.askedIds.size + 1;
    this.askedIds.set(id, rising);
    return rising;
  }

  private digest({ digest }: PlannedInput): number {
    const { stagedDigest } = this;
    if (digest !== "other") return stagedDigest;
    return stagedDigest === 0 ? 1 : stagedDigest - 1;
  }

  /** A clock that was lost is moved as if it had gone on: the person who sets it has a watch. */
  private movedClockMs(byMs: number, atMs: number): number {
    return Math.max(0, this.clock.wallMs + (atMs - this.clock.atMs) + byMs);
  }
}

function withNumbers(planned: PlannedInput, numbers: Partial<EngineInput>): PlannedInput {
  return { ...planned, input: { ...planned.input, ...numbers } };
}
