import { CommandKind } from "../../src/commands";
import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import type { PumpEvent } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import type { Pump } from "../../src/pump";
import { JournalCode } from "../../src/record/journal";
import type { PortSink } from "../../sim/engines/engine";
import { event, newPump, program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "./reference-pump";

/** What the pump said, as it left the queue. */
export interface Said {
  readonly kind: CommandKind;
  readonly code: number;
  readonly atMs: number;
  readonly numbers: readonly [number, number, number, number];
}

/**
 * Calls `advance` and `on` of a pump itself, with no control loop between. Its motor reports each stroke at once, its store too, unless
 * they are switched off.
 */
export class DirectDrive {
  readonly pump: Pump;
  /** Everything that was said, in order; only while `keep` is set. */
  readonly said: Said[] = [];
  keep = true;
  motorReports = true;
  strokes = 0;
  private readonly moved = event(EventKind.moved, { count: 1 });
  private readonly stored = event(EventKind.stored);

  constructor(
    readonly config: PumpConfig = REFERENCE_PUMP,
    reservoirNl = config.capacityNl,
    private readonly sink?: PortSink,
  ) {
    this.pump = newPump(config, reservoirNl);
  }

  /** Confirms a prescription and starts, at the pump's own time. */
  begin(prescription: Prescription = REFERENCE_PRESCRIPTION): this {
    this.give(program(prescription), this.pump.nowMs);
    this.give(event(EventKind.start), this.pump.nowMs);
    return this;
  }

  /** Serves all deadlines up to and including `untilMs`; time itself passes only by calls. */
  runTo(untilMs: number): this {
    while (this.pump.nextDeadlineMs() <= untilMs) this.advance(this.pump.nextDeadlineMs());
    return this;
  }

  /** One call of `advance`. */
  advance(atMs: number): this {
    this.pump.advance(atMs);
    this.collect(atMs);
    return this;
  }

  /** Serves what is due at `atMs` and hands over one event. */
  give(what: PumpEvent, atMs: number): this {
    this.runTo(atMs);
    return this.hand(what, atMs);
  }

  /** Hands over one event, without serving anything before it. */
  hand(what: PumpEvent, atMs: number): this {
    if (this.sink !== undefined) this.enterInput(this.sink, what, atMs);
    this.pump.on(what, atMs);
    this.collect(atMs);
    return this;
  }

  /** Asks for a bolus and gives the answer's entry. */
  ask(id: number, atMs: number): Said {
    this.give(event(EventKind.requestBolus, { id }), atMs);
    const answer = this.last(JournalCode.bolusGranted, JournalCode.bolusDenied);
    if (answer === undefined) throw new Error("the request was not answered");
    return answer;
  }

  /** The last journal entry of one of these codes. */
  last(...codes: JournalCode[]): Said | undefined {
    return this.said.findLast((one) => one.kind === CommandKind.log && codes.includes(one.code));
  }

  /** All journal entries of one code. */
  entries(code: JournalCode): Said[] {
    return this.said.filter((one) => one.kind === CommandKind.log && one.code === code);
  }

  /** All commands of one kind. */
  commands(kind: CommandKind): Said[] {
    return this.said.filter((one) => one.kind === kind);
  }

  private enterInput(sink: PortSink, what: PumpEvent, atMs: number): void {
    if (what.kind === EventKind.program) {
      const p = what.prescription as [number, number, number, number, number, number, number];
      sink.entry(what.kind, atMs, p[0], p[1], p[2], p[3]);
      sink.entry(JournalCode.programLimits, atMs, p[4], p[5], p[6], 0);
    } else sink.entry(what.kind, atMs, what.id, what.count, what.detail, 0);
  }

  /** Carries out what was said; a motor's and a store's reports come back in the same instant, after all that. */
  private collect(atMs: number): void {
    const queue = this.pump.commands;
    let moves = 0;
    let record = 0;
    for (let i = 0; i < queue.count; i++) {
      const kind = queue.kind[i] as CommandKind;
      const at = queue.atMs[i] as number;
      const a = queue.a[i] as number;
      if (kind === CommandKind.move) moves += a;
      if (kind === CommandKind.store) record = a;
      if (this.keep || this.sink !== undefined) this.pass(i, kind, at, a);
    }
    queue.count = 0;
    this.strokes += moves;
    if (!this.motorReports) return;
    if (moves !== 0) {
      this.moved.count = moves;
      this.pump.on(this.moved, atMs);
    }
    if (record !== 0) {
      this.stored.id = record;
      this.pump.on(this.stored, atMs);
    }
    if (queue.count !== 0) this.collect(atMs);
  }

  private pass(i: number, kind: CommandKind, atMs: number, a: number): void {
    const queue = this.pump.commands;
    const code = queue.code[i] as number;
    const b = queue.b[i] as number;
    const c = queue.c[i] as number;
    const d = queue.d[i] as number;
    if (this.keep) this.said.push({ kind, code, atMs, numbers: [a, b, c, d] });
    if (kind === CommandKind.move) this.sink?.stroke(atMs, a);
    else if (kind === CommandKind.log) this.sink?.entry(code, atMs, a, b, c, d);
  }
}
