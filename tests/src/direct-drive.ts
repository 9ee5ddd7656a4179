import { CommandKind, FIRST_ENTRY } from "../../src/commands";
import type { PumpConfig } from "../../src/config";
import { EventKind } from "../../src/events";
import { writePrescription } from "../../src/prescription/prescription";
import type { Prescription } from "../../src/prescription/prescription";
import type { Pump } from "../../src/pump";
import { JournalCode } from "../../src/record/journal";
import type { ReportRow } from "../../src/record/report-row";
import { reportPump } from "../../src/record/report";
import type { EngineInput, PortSink } from "../../sim/engines/engine";
import { event, newPump, program, REFERENCE_PRESCRIPTION, REFERENCE_PUMP } from "./reference-pump";

/** What the pump said, as it left the queue. */
export interface Said {
  readonly kind: CommandKind;
  readonly code: number;
  readonly atMs: number;
  readonly numbers: readonly [number, number, number, number];
}

/** One row of an interrogation: its ReportRow and its numbers. */
export type Row = readonly [row: number, a: number, b: number, c: number, d: number];

/**
 * Calls `advance` and `on` of a pump itself, with no control loop between. Its motor reports each stroke at once, its store each record,
 * unless they are switched off.
 */
export class DirectDrive {
  readonly pump: Pump;
  /** Everything that was said, in order; only while `keep` is set. */
  readonly said: Said[] = [];
  keep = true;
  motorReports = true;
  storeReports = true;
  strokes = 0;
  private readonly moved = event(EventKind.moved, { count: 1 });
  private readonly stored = event(EventKind.stored);

  constructor(
    readonly config: PumpConfig = REFERENCE_PUMP,
    reservoirNl = config.capacityNl,
    private readonly sink?: PortSink & { handed?(what: EngineInput): void },
    ngPerUl: readonly number[] = REFERENCE_PRESCRIPTION.concentrationNgPerUl,
  ) {
    this.pump = newPump(config, reservoirNl, ngPerUl);
  }

  /** Confirms a prescription and starts, at the pump's own time. */
  begin(prescription: Prescription = REFERENCE_PRESCRIPTION): this {
    this.program(prescription, this.pump.nowMs);
    return this.give(event(EventKind.start), this.pump.nowMs);
  }

  /** Stages a prescription and confirms it at `atMs`, with all that a confirmation can be asked to say. */
  program(prescription: Prescription, atMs: number): this {
    for (const input of program(prescription)) this.give(input, atMs);
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

  /** Serves what is due at `atMs` and hands over one event of this kind. */
  do(kind: EventKind, atMs: number, numbers: Partial<EngineInput> = {}): this {
    return this.give(event(kind, numbers), atMs);
  }

  /** Serves what is due at `atMs` and hands over one event. */
  give(what: EngineInput, atMs: number): this {
    this.runTo(atMs);
    return this.hand(what, atMs);
  }

  /** Hands over one event, without serving anything before it. */
  hand(what: EngineInput, atMs: number): this {
    if (what.prescription !== undefined) writePrescription(what.prescription, this.pump.draft);
    if (this.sink !== undefined) {
      this.sink.handed?.(what);
      enterInput(this.sink, what, atMs);
    }
    this.pump.on(event(what.kind, what), atMs);
    this.collect(atMs);
    return this;
  }

  /** Asks for a bolus and gives the answer's entry. */
  ask(id: number, atMs: number): Said {
    return this.answerTo(event(EventKind.requestBolus, { id }), atMs);
  }

  /** Orders a clinician's bolus and gives the answer's entry. */
  order(id: number, volumeNl: number, overMs: number, atMs: number): Said {
    return this.answerTo(event(EventKind.clinicianBolus, { id, count: volumeNl, detail: overMs }), atMs);
  }

  /** The rows of an interrogation at the pump's own time. */
  rows(): Row[] {
    const rows: Row[] = [];
    const journal = {
      write: (row: number, _atMs: number, a: number, b: number, c: number, d: number): void => {
        rows.push([row, a, b, c, d]);
      },
    };
    reportPump(this.pump, journal, this.pump.nowMs);
    return rows;
  }

  /** The numbers of the rows of one kind. */
  rowsOf(kind: ReportRow): [number, number, number, number][] {
    return this.rows().flatMap(([row, a, b, c, d]) => (row === Number(kind) ? [[a, b, c, d]] : []));
  }

  /** The last journal entry of one of these codes. */
  last(...codes: JournalCode[]): Said | undefined {
    return this.said.findLast((one) => one.code >= FIRST_ENTRY && codes.includes(one.code));
  }

  /** All journal entries of one code. */
  entries(code: JournalCode): Said[] {
    return this.said.filter((one) => one.code >= FIRST_ENTRY && one.code === code);
  }

  /** Time and the first numbers of all journal entries of one code. */
  told(code: JournalCode, numbers = 4): number[][] {
    return this.entries(code).map((one) => [one.atMs, ...one.numbers.slice(0, numbers)]);
  }

  /** All commands of one kind. */
  commands(kind: CommandKind): Said[] {
    return this.said.filter((one) => one.kind === kind);
  }

  /** What the annunciator shows: priority, 1 when silenced, alarm. */
  shown(): number[] {
    return this.commands(CommandKind.annunciate).at(-1)?.numbers.slice(0, 3) ?? [0, 0, -1];
  }

  private answerTo(what: EngineInput, atMs: number): Said {
    this.give(what, atMs);
    const answer = this.last(JournalCode.bolusGranted, JournalCode.bolusDenied);
    if (answer === undefined) throw new Error("the request was not answered");
    return answer;
  }

  /** Carries out what was said; a motor's and a store's reports come back in the same instant, after all that. */
  private collect(atMs: number): void {
    const queue = this.pump.commands;
    let moves = 0;
    let record = 0;
    for (let i = 0; i < queue.count; i++) {
      const kind = queue.code[i] as CommandKind;
      const a = queue.a[i] as number;
      if (kind === CommandKind.move) moves += a;
      if (kind === CommandKind.store) record = a;
      if (this.keep || this.sink !== undefined) this.pass(i, kind, this.pump.nowMs, a);
    }
    queue.count = 0;
    this.strokes += moves;
    if (!this.motorReports) moves = 0;
    if (!this.storeReports) record = 0;
    // What is due at this very instant comes before reports.
    if ((moves !== 0 || record !== 0) && this.pump.nextDeadlineMs() <= atMs) this.advance(atMs);
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
    else if (code >= FIRST_ENTRY) this.sink?.entry(code, atMs, a, b, c, d);
  }
}

/** Tells a sink of an input, as the control loop does. */
function enterInput(sink: PortSink, what: EngineInput, atMs: number): void {
  sink.entry(what.kind, atMs, what.id, what.count, what.detail, 0);
  if (what.kind !== EventKind.refill) return;
  const [a = 0, b = 0, c = 0, d = 0] = what.values ?? [];
  sink.entry(JournalCode.refillDrugs, atMs, a, b, c, d);
}
