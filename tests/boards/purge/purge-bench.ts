import { vi } from "vitest";
import type { PumpConfig } from "../../../src/config";
import { FakeBoard } from "../fake-devicescript";
import type { BoardTiming } from "../fake-devicescript";
import { FakeI2cBus } from "../i2c/fake-i2c-bus";
import { FRAM_KINDS, FramChip } from "../memory/fram-chip";
import { REFERENCE_PUMP } from "../../src/reference-pump";
import { FakeToneServer } from "./fake-tone-server";
import type { ToneTiming } from "./fake-tone-server";
import { purgeCode } from "./purge-code";

/** The pump as another build than the tests' own programs have it. */
export const PURGED_PUMP: PumpConfig = { ...REFERENCE_PUMP, program: 77 };

/** Pulses of one stroke. */
export const PER_STROKE = PURGED_PUMP.microsteps * PURGED_PUMP.fullStepsPerStroke;

/** 900 pulses a second, as the example pumps have it. */
export const PERIOD_US = 1112;

/** An ESP32's main loop. */
const GRID_US = 10000;

/** What a purge is tried with. */
export interface PurgeTrial {
  readonly volumeNl?: number;
  readonly periodUs?: number;
  /** What the memory holds; undefined: the pump file declares none. */
  readonly image?: readonly number[];
  readonly config?: PumpConfig;
  readonly tone?: ToneTiming;
  readonly timing?: BoardTiming;
  readonly serverIsThere?: boolean;
}

/** A purge on a fake ESP32 with its button, its tone server and, if there is one, its FRAM. */
export class PurgeBench {
  readonly board: FakeBoard;
  readonly step;
  readonly pins;
  readonly light;
  readonly kick;
  readonly button;
  readonly server: FakeToneServer;
  readonly chip = new FramChip(FRAM_KINDS.MB85RC256V);
  readonly bus: FakeI2cBus;
  readonly lines: string[] = [];

  constructor({
    volumeNl = 500000,
    periodUs = PERIOD_US,
    image,
    config = PURGED_PUMP,
    tone = {},
    timing = {},
    serverIsThere = true,
  }: PurgeTrial = {}) {
    const board = new FakeBoard({ gridUs: GRID_US, pinCallUs: 2, ...timing });
    this.board = board;
    this.step = board.pin();
    this.light = board.pin();
    this.kick = board.pin();
    this.button = board.pin();
    this.pins = { step: this.step, dir: board.pin(), enable: board.pin(), heartbeat: board.pin() };
    this.server = new FakeToneServer(board, this.step, tone);
    this.server.isBound = serverIsThere;
    this.bus = new FakeI2cBus(board, [this.chip]);
    if (image !== undefined) new Uint32Array(this.chip.cells.buffer).set(image);
    const hand = new purgeCode.PurgeButton(this.button);
    const stepper = new purgeCode.ToneStepper(this.pins, this.server, hand, periodUs);
    const ledger = new purgeCode.PurgeLedger(this.memory(image !== undefined), PER_STROKE);
    const signs = { light: this.light, kick: this.kick };
    const purge = new purgeCode.Purge(config, stepper, this.server, hand, ledger, signs, volumeNl);
    board.start(() => purge.run());
  }

  /** Lets time pass; the lines of the console are kept. */
  async run(ms: number): Promise<this> {
    const spy = vi.spyOn(console, "log").mockImplementation((line: string) => void this.lines.push(line));
    await this.board.run(ms).finally(() => spy.mockRestore());
    return this;
  }

  /** The button is held for `ms`. */
  async hold(ms: number): Promise<this> {
    this.button.applied = 0;
    await this.run(ms);
    this.button.applied = 1;
    return this;
  }

  /** What the memory holds now. */
  image(): number[] {
    return this.chip.words();
  }

  private memory(isThere: boolean) {
    if (!isThere) return new purgeCode.NoMemory();
    const store = new purgeCode.FramStore(0x50, FRAM_KINDS.MB85RC256V.bytes);
    store.begin = () => this.board.start(() => store.run());
    return store;
  }
}
