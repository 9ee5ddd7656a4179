import type { BalanceAnswer, MassUnit } from "../balances/balance-answer";
import type { WeigherEvent } from "../balances/weigher-event";
import type { RawRow, RawStatus } from "./raw-row";

/** After so many lines in a row that cannot be read the reason is sought elsewhere than in noise. */
const UNREADABLE_IN_A_ROW = 5;

/** A row for the raw file, and what a person should be told about it, if anything. */
export interface ToldRow {
  readonly row: RawRow;
  readonly tell: string | undefined;
}

/** What happened, without its time. */
interface Happening {
  readonly status: RawStatus | undefined;
  readonly raw: string;
  readonly massG?: number;
  readonly isStable?: boolean | undefined;
  readonly tell?: string;
}

/** Makes the rows of the raw file of what a weigher hears. Remembers unit, identity and how much it could not read. */
export class EventRows {
  private unreadable = 0;
  private isMute = false;
  private lastTold: RawStatus | undefined;

  /**
   * @param identity of the balance at the beginning, as it was recorded
   * @param unit that it is known to weigh in; undefined: a weight without a unit is no mass until the balance has said one
   */
  constructor(
    private identity: string | undefined,
    private unit: MassUnit | undefined = undefined,
  ) {}

  /** The rows of one event, at `elapsedS` of the recording. */
  of(event: WeigherEvent, elapsedS: number): ToldRow[] {
    return this.happenings(event).map(({ status, raw, massG, isStable, tell }) => ({
      row: { elapsedS, massG, isStable, status, raw },
      tell,
    }));
  }

  /** Notes the unit that the balance says now. When it is another than was known: words for a row `unitChanged` and for the person. */
  weighsIn(unit: MassUnit): string | undefined {
    const before = this.unit;
    this.unit = unit;
    if (before === undefined || before === unit) return undefined;
    return `the balance weighs in ${unit} after ${before}; its masses are converted to g`;
  }

  private happenings(event: WeigherEvent): Happening[] {
    switch (event.kind) {
      case "line":
        this.isMute = false;
        return this.ofAnswer(event.answer);
      case "noAnswer":
        return [this.ofSilence(event.waitedMs)];
      case "disconnected":
        return [{ status: "disconnected", raw: event.why, tell: `the balance has gone: ${event.why}` }];
      case "reconnected":
        return [{ status: "reconnected", raw: "", tell: "the balance is back; the recording goes on" }];
      case "identified":
        return this.ofIdentity(event.identity);
    }
  }

  private ofAnswer(answer: BalanceAnswer): Happening[] {
    if (answer.kind === "unknown") return [this.ofUnreadable(answer.raw)];
    this.unreadable = 0;
    if (answer.kind === "weight") return this.ofWeight(answer);
    if (answer.kind === "identity") {
      const tell = "the balance said who it is without being asked: was it switched off? Its tare may be another";
      return [{ status: "identity", raw: answer.raw, tell }];
    }
    return [this.once({ status: answer.kind, raw: answer.raw, tell: wordsOf(answer) })];
  }

  private ofWeight({ massG, isStable, unit, raw }: BalanceAnswer & { kind: "weight" }): Happening[] {
    if (unit === undefined && this.unit !== "g")
      return [this.once({ status: "wrongUnit", raw, tell: withoutUnitWords(this.unit) })];
    this.lastTold = undefined;
    const weight = { status: undefined, raw, massG, isStable };
    const changed = unit === undefined ? undefined : this.weighsIn(unit);
    return changed === undefined ? [weight] : [{ status: "unitChanged", raw: changed, tell: changed }, weight];
  }

  private ofUnreadable(raw: string): Happening {
    this.unreadable++;
    const status = "unknown";
    if (this.unreadable !== UNREADABLE_IN_A_ROW) return { status, raw };
    const tell = `${UNREADABLE_IN_A_ROW} lines in a row cannot be read: perhaps another baud rate or protocol (--baud, --parity, --protocol)`;
    return { status, raw, tell };
  }

  private ofSilence(waitedMs: number): Happening {
    const raw = `no answer within ${waitedMs / 1000} s`;
    if (this.isMute) return { status: "noAnswer", raw };
    this.isMute = true;
    return { status: "noAnswer", raw, tell: `the balance gave ${raw}` };
  }

  private ofIdentity(identity: string | undefined): Happening[] {
    if (identity === undefined || this.identity === undefined || identity === this.identity) return [];
    const words = `another balance answers: ${identity} instead of ${this.identity}`;
    this.identity = identity;
    // What unit the one before weighed in says nothing of this one.
    this.unit = undefined;
    return [{ status: "identity", raw: words, tell: words }];
  }

  /** A state that lasts is told once; each of its rows is kept. */
  private once(happening: Happening & { status: RawStatus; tell: string }): Happening {
    const isNew = this.lastTold !== happening.status;
    this.lastTold = happening.status;
    if (isNew) return happening;
    const { tell: _, ...untold } = happening;
    return untold;
  }
}

function withoutUnitWords(known: MassUnit | undefined): string {
  return known === undefined
    ? "the balance sends weights without a unit, as some do while they move, and has not said its unit yet; they are kept, but not as masses, until it does: let it come to rest once, or begin again with --unit g if that is what it shows"
    : `the balance weighs in ${known} and sends a weight without a unit; it is kept, but not as a mass: set it to g`;
}

function wordsOf(answer: BalanceAnswer): string {
  switch (answer.kind) {
    case "overload":
      return "the balance is overloaded";
    case "underload":
      return "the balance is below its range: is the pan or the vessel off?";
    case "busy":
      return "the balance cannot weigh now (taring, adjusting, in its menu)";
    case "refused":
      return `the balance refuses: ${answer.what}`;
    case "wrongUnit":
      return answer.unit === ""
        ? "the balance sends numbers without a unit; they are kept, but not as masses: let it print the unit"
        : `the balance sends ${answer.unit}, which is no unit of mass here (kg, g, mg, ug); its lines are kept, but not as masses`;
    default:
      return "";
  }
}
