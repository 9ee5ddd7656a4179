import { expect, test } from "vitest";
import { Register } from "../../src/service/protocol";
import { SIMULATED_BOARD, serverDeviceOf } from "../../link/device-id";
import type { DeviceId } from "../../link/device-id";
import { announceFrame, packetsIn, reportFrame } from "../../link/frames";
import { PumpLink } from "../../link/pump-link";
import type { Transport } from "../../link/transport";
import { VirtualTime } from "./virtual-time";

const DEVICE_SCRIPT_MANAGER = 0x1134ea2b;
const OTHER_BOARD = "0011223344556677";

/** A bus with boards that announce themselves, and pumps that say who they are: by board, version and serial number. */
class FakeBus implements Transport {
  readonly name = "fake";
  readonly asked: DeviceId[] = [];
  private onFrame: (frame: Uint8Array) => void = () => undefined;

  constructor(
    private readonly time: VirtualTime,
    private readonly pumps: Readonly<Record<DeviceId, readonly [protocol: number, serial: number]>>,
  ) {
    this.announce();
  }

  listen(onFrame: (frame: Uint8Array) => void): void {
    this.onFrame = onFrame;
  }

  send(frame: Uint8Array): void {
    for (const { isCommand, isBroadcast, device, command } of packetsIn(frame)) {
      if (!isCommand || isBroadcast) continue;
      this.asked.push(device);
      const [protocol, serial] = this.pumps[serverDeviceOf(device)] ?? [];
      if (protocol === undefined || serial === undefined || command !== 0x1000 + Register.identity) continue;
      const numbers = new Uint8Array(Float64Array.of(protocol, 20, serial, 4000, 0, 60000000).buffer);
      this.time.after(5, () => this.onFrame(reportFrame(device, 1, command, numbers)));
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  private announce(): void {
    this.time.after(500, () => {
      this.onFrame(announceFrame("ffeeddccbbaa9988", [0x1473a263]));
      for (const board of Object.keys(this.pumps)) this.onFrame(announceFrame(board, [DEVICE_SCRIPT_MANAGER]));
      this.announce();
    });
  }
}

async function found(pumps: ConstructorParameters<typeof FakeBus>[1], choice = {}): Promise<[number, DeviceId[]]> {
  const time = new VirtualTime();
  const bus = new FakeBus(time, pumps);
  const link = await time.until(PumpLink.connect(bus, { timers: time, ...choice }));
  return [link.identity.serial, bus.asked];
}

test("the pump of a board that announces itself is found, and nothing else is asked (LNK-001)", async () => {
  expect(await found({ [SIMULATED_BOARD]: [1, 7] })).toEqual([7, [serverDeviceOf(SIMULATED_BOARD)]]);
});

test("of several pumps the one that is meant is taken, and nobody guesses (LNK-001)", async () => {
  const pumps = { [SIMULATED_BOARD]: [1, 7], [OTHER_BOARD]: [1, 8] } as const;
  await expect(found(pumps)).rejects.toThrow("fake: there are several pumps: say which by its serial number: 7, 8");
  expect((await found(pumps, { serial: 8 }))[0]).toBe(8);
  expect((await found(pumps, { board: OTHER_BOARD }))[0]).toBe(8);
  await expect(found(pumps, { serial: 9 })).rejects.toThrow("fake: there is no pump with serial number 9, but 7, 8");
  await expect(found({})).rejects.toThrow("fake: no pump answers");
});

test("a pump that speaks another version is refused (LNK-001)", async () => {
  await expect(found({ [SIMULATED_BOARD]: [2, 7] })).rejects.toThrow("the pump speaks version 2 of the service");
});
