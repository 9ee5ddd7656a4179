import { NEVER_MS } from "../../../src/units";
import { FakeBoard } from "../fake-devicescript";
import type { BoardTiming } from "../fake-devicescript";
import { FakeI2cBus } from "../i2c/fake-i2c-bus";
import { i2cCode } from "../i2c/i2c-code";
import type { FramStore } from "../i2c/i2c-code";
import { FRAM_KINDS, FramChip } from "./fram-chip";
import type { FramKind } from "./fram-chip";

/** A store on a board with its chip, and somebody who reads its reports. */
export class FramBench {
  readonly board: FakeBoard;
  readonly bus: FakeI2cBus;
  readonly chip: FramChip;
  readonly store: FramStore;
  /** When each report was ready, by its number. */
  readonly reports: [sequence: number, atMs: number][] = [];

  constructor(kind: FramKind = FRAM_KINDS.MB85RC256V, timing: BoardTiming = {}, kHz = 400) {
    const board = new FakeBoard(timing);
    this.board = board;
    this.chip = new FramChip(kind);
    this.bus = new FakeI2cBus(board, [this.chip], kHz);
    const store = new i2cCode.FramStore(0x50, kind.bytes);
    this.store = store;
    store.clock = { nowMs: () => board.millis() };
    store.shell = { wake: () => void this.readReport() };
    board.start(() => store.run());
  }

  /** Something is done in a fiber of its own, after `ms`. */
  async do(action: () => Promise<void> | void, ms = 1): Promise<void> {
    await this.board.run(ms);
    this.board.start(action);
    await this.board.run(1);
  }

  private readReport(): void {
    if (this.store.doneMs === NEVER_MS) return;
    this.reports.push([this.store.doneSequence, this.store.doneMs]);
    this.store.takeReport();
  }
}
