import type { WallClock } from "./clock";
import type { PumpConfig } from "./config";
import type { Delivery } from "./delivery/delivery";
import type { Therapy } from "./delivery/therapy";
import type { Orders } from "./orders";
import type { Refill } from "./refill";
import type { Reports } from "./reports";
import type { FaultKind } from "./safety/fault";
import type { Supervision } from "./supervision";

/** The parts of a pump, for what works on several of them: who routes events, keeps the record, or tells all about it. */
export interface PumpParts {
  /** Core time of the last call, in ms. */
  readonly nowMs: number;
  /** The assertion that put the pump in its safe state; `none` while there is none. */
  readonly fault: FaultKind;
  /** The configuration that it goes by. */
  readonly config: PumpConfig;
  /** The wall clock as far as it is known. */
  readonly clock: WallClock;
  /** All that it says. */
  readonly reports: Reports;
  /** Strokes, reservoir, boluses. */
  readonly delivery: Delivery;
  /** The program in force. */
  readonly therapy: Therapy;
  /** Prescription, start, stop. */
  readonly orders: Orders;
  /** Refill, prime, parts. */
  readonly refill: Refill;
  /** Dates, ages and sensors. */
  readonly supervision: Supervision;
}
