import type { LogLine } from "../log/words";
import type { RequestMark, RequestTime } from "../scenario/moment";
import type { PlannedInput } from "../scenario/scenario";

/** What became of one request. */
export interface RequestRecord {
  readonly input: PlannedInput;
  /** In ms; absent while they have not come. */
  readonly times: Partial<Record<RequestTime, number>>;
  /** The line that holds the pump's answer. */
  answer: LogLine | undefined;
}

/** Called when an instant of a named request has come. */
export type MarkReached = (mark: RequestMark, atMs: number) => void;

/**
 * Follows the scenario's requests through the log. Several requests may carry one id, so an id alone does not tell which is meant: the
 * pump answers each at once, in the order in which they were handed over.
 */
export class RequestBook {
  private readonly handedOver: PlannedInput[] = [];
  private readonly byName = new Map<string, RequestRecord>();
  private readonly granted = new Map<number, RequestRecord>();
  /** Ids of boluses that have begun and not ended. */
  private readonly underWay = new Set<number>();
  private judged: RequestRecord | undefined;

  constructor(private readonly reached: MarkReached) {}

  /** A request is about to be handed to the pump. */
  handOver(input: PlannedInput): void {
    this.handedOver.push(input);
  }

  /** The record of a named request; `undefined` when it has not been asked. */
  of(name: string): RequestRecord | undefined {
    return this.byName.get(name);
  }

  /** Takes a line of the log. */
  take(line: LogLine): void {
    const id = line["id"] as number;
    switch (line.event) {
      case "requestBolus":
      case "clinicianBolus":
        this.ask(id, line.atMs);
        break;
      case "bolusGranted":
        // A bolus that nobody asked for, scheduled or priming, has the id 0.
        if (this.judged === undefined || id === 0) return;
        this.judged.answer = line;
        this.granted.set(id, this.judged);
        this.underWay.add(id);
        this.mark(this.judged, "start", line.atMs);
        break;
      case "bolusDenied":
        this.answer(line);
        break;
      case "commandRepeated":
        if (line["order"] === "requestBolus" || line["order"] === "clinicianBolus") this.answer(line);
        break;
      case "bolusEnded":
        this.end(id, line.atMs);
        break;
      case "poweredOn":
        // A bolus that lost its power ends at the first instant after it.
        for (const lostId of [...this.underWay]) this.end(lostId, line.atMs);
        break;
      default:
        break;
    }
  }

  private answer(line: LogLine): void {
    if (this.judged !== undefined) this.judged.answer = line;
  }

  private end(id: number, atMs: number): void {
    this.underWay.delete(id);
    this.mark(this.granted.get(id), "end", atMs);
  }

  private ask(id: number, atMs: number): void {
    // A pump whose inbox is flooded loses inputs: what was handed over before is then never answered.
    const place = this.handedOver.findIndex((input) => input.input.id === id);
    const input = this.handedOver[place];
    if (input === undefined) {
      this.judged = undefined;
      return;
    }
    this.handedOver.splice(0, place + 1);
    this.judged = { input, times: {}, answer: undefined };
    if (input.name !== undefined) this.byName.set(input.name, this.judged);
    this.mark(this.judged, "asked", atMs);
  }

  private mark(record: RequestRecord | undefined, time: RequestTime, atMs: number): void {
    if (record === undefined) return;
    record.times[time] = atMs;
    const { name } = record.input;
    if (name !== undefined) this.reached({ name, time }, atMs);
  }
}
