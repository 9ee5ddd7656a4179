import { crc16 } from "../../link/crc16";
import { DEVICE_SCRIPT_MANAGER } from "../../link/find-pump";
import type { DeviceId } from "../../link/device-id";
import { announcedClasses, commandFrame, packetsIn } from "../../link/frames";
import type { Packet } from "../../link/frames";
import type { Timers } from "../../link/timers";
import type { Transport } from "../../link/transport";

/** A program could not be handed to a board: one line that says why, and in which state the board is. */
export class DeployFailure extends Error {
  override readonly name = "DeployFailure";
}

/** Of DeviceScript's manager of programs (devicescriptmanager.h). */
const CMD_DEPLOY = 0x80;
const GET_PROGRAM_SHA256 = 0x1182;
/** Register of Jacdac's control service (index 0): what the firmware was flashed for. */
const GET_PRODUCT = 0x1181;

/** Service indices and flags of Jacdac (jd_physical.h): a report of a frame's arrival, a pipe. */
const SERVICE_ACK = 0x3f;
const SERVICE_PIPE = 0x3e;
const FLAG_ACK_REQUESTED = 0x02;
const PIPE_COUNTER = 0x1f;
const PIPE_CLOSE = 0x20;
const PIPE_META = 0x40;
const PIPE_PORT_SHIFT = 7;

/** The manager takes whole multiples of 32 bytes (devsmgr.c); a packet carries at most 236. */
const CHUNK_ALIGN = 32;
const CHUNK_BYTES = 224;

/** Devices announce themselves every 500 ms. In ms, as all below. */
const FIND_WITHIN_MS = 3000;
/** The flash of the old program is erased before the answer: some 50 ms a page of 4 KiB. */
const ERASE_WITHIN_MS = 8000;
const ANSWER_WITHIN_MS = 1000;
const TRIES = 10;
const ACK_WITHIN_MS = 300;
/** How often a pipe is asked for: a board that gets the question twice erases once more. */
const PIPE_TRIES = 3;

/** Where the manager is. */
export interface Manager {
  readonly device: DeviceId;
  readonly service: number;
}

/** The bus of one board, with one question on it at a time: what it takes to find the manager of programs and to hand it one. Rejects with {@link DeployFailure}. */
export class ManagerBus {
  private hear: (packet: Packet) => void = () => undefined;
  private closedBy: string | undefined;
  private whenClosed: () => void = () => undefined;

  constructor(
    private readonly transport: Transport,
    private readonly timers: Timers,
  ) {
    transport.listen(
      (frame) => {
        for (const packet of packetsIn(frame)) this.hear(packet);
      },
      (why) => {
        this.closedBy = why;
        this.whenClosed();
      },
    );
  }

  /** The one manager that announces itself. */
  async findManager(): Promise<Manager> {
    const found = new Map<DeviceId, Manager>();
    await this.wait(FIND_WITHIN_MS, (packet) => {
      const at = announcedClasses(packet)?.indexOf(DEVICE_SCRIPT_MANAGER) ?? -1;
      if (at >= 0) found.set(packet.device, { device: packet.device, service: at + 1 });
      return undefined;
    });
    const [manager, ...others] = found.values();
    if (manager === undefined)
      throw new DeployFailure("no board that runs DeviceScript is heard there; nothing was written");
    if (others.length === 0) return manager;
    throw new DeployFailure(
      `more than one board is heard there (${[...found.keys()].join(", ")}): attach one alone; nothing was written`,
    );
  }

  /** SHA-256 of the program on the board, in hex; `undefined`: no answer. */
  async programSha256({ device, service }: Manager): Promise<string | undefined> {
    const hash = await this.ask(device, service, GET_PROGRAM_SHA256, 32);
    return hash === undefined ? undefined : Buffer.from(hash).toString("hex");
  }

  /** What the firmware was flashed for; `undefined`: no answer. */
  async product({ device }: Manager): Promise<number | undefined> {
    const bytes = await this.ask(device, 0, GET_PRODUCT, 4);
    return bytes === undefined ? undefined : Buffer.from(bytes).readUInt32LE(0);
  }

  /** Reads a register of this many bytes. */
  private async ask(
    device: DeviceId,
    service: number,
    command: number,
    bytes: number,
  ): Promise<Uint8Array | undefined> {
    for (let tries = 0; tries < TRIES; tries++) {
      this.transport.send(commandFrame(device, service, command, new Uint8Array(0)));
      const value = await this.wait(ANSWER_WITHIN_MS, (packet) =>
        isReport(packet, device, service, command) && packet.payload.length === bytes
          ? packet.payload.slice()
          : undefined,
      );
      if (value !== undefined) return value;
    }
    return undefined;
  }

  /** Sends a program, a multiple of 32 bytes; `progress` is told how many bytes the board has. */
  async sendProgram(manager: Manager, image: Uint8Array, progress: (bytes: number) => void): Promise<void> {
    if (image.length === 0 || image.length % CHUNK_ALIGN !== 0)
      throw new RangeError(`an image is a multiple of ${CHUNK_ALIGN} bytes, not ${image.length}`);
    const port = await this.openPipe(manager, image.length);
    let counter = 0;
    const put = (flags: number, bytes: Uint8Array): Promise<void> =>
      this.sendSurely(manager.device, (port << PIPE_PORT_SHIFT) | flags | (counter++ & PIPE_COUNTER), bytes);
    for (let at = 0; at < image.length; at += CHUNK_BYTES) {
      await put(0, image.subarray(at, at + CHUNK_BYTES));
      progress(Math.min(image.length, at + CHUNK_BYTES));
    }
    await put(PIPE_CLOSE | PIPE_META, new Uint8Array(0));
  }

  private async openPipe({ device, service }: Manager, bytes: number): Promise<number> {
    const size = new Uint8Array(4);
    new DataView(size.buffer).setUint32(0, bytes, true);
    for (let tries = 0; tries < PIPE_TRIES; tries++) {
      this.transport.send(commandFrame(device, service, CMD_DEPLOY, size));
      const port = await this.wait(ERASE_WITHIN_MS, (packet) =>
        isReport(packet, device, service, CMD_DEPLOY) && packet.payload.length === 2
          ? (packet.payload[0] ?? 0) + (packet.payload[1] ?? 0) * 256
          : undefined,
      );
      if (port !== undefined) return port;
    }
    throw new DeployFailure(
      `the board takes no program of ${bytes} bytes; it may have none now: try again, or flash it whole`,
    );
  }

  /** The same frame again until its arrival is reported: the pipe's counter tells the board a frame that came twice. */
  private async sendSurely(device: DeviceId, command: number, payload: Uint8Array): Promise<void> {
    const frame = withAck(commandFrame(device, SERVICE_PIPE, command, payload));
    const crc = (frame[0] ?? 0) + (frame[1] ?? 0) * 256;
    for (let tries = 0; tries < TRIES; tries++) {
      this.transport.send(frame);
      const arrived = await this.wait(ACK_WITHIN_MS, (packet) =>
        isReport(packet, device, SERVICE_ACK, crc) ? true : undefined,
      );
      if (arrived !== undefined) return;
    }
    throw new DeployFailure("the board does not answer any more and has no whole program now: try again");
  }

  /** The first thing that `pick` finds in what is heard, or `undefined` after `ms`. */
  private wait<T>(ms: number, pick: (packet: Packet) => T | undefined): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      const end = (): void => {
        takeBack();
        this.hear = () => undefined;
        this.whenClosed = () => undefined;
      };
      const takeBack = this.timers.after(ms, () => {
        end();
        resolve(undefined);
      });
      this.whenClosed = () => {
        end();
        reject(new DeployFailure(`${this.closedBy ?? "the way to the board is gone"}; try again`));
      };
      this.hear = (packet) => {
        const found = pick(packet);
        if (found === undefined) return;
        end();
        resolve(found);
      };
      if (this.closedBy !== undefined) this.whenClosed();
    });
  }
}

function isReport(packet: Packet, device: DeviceId, service: number, command: number): boolean {
  return !packet.isCommand && packet.device === device && packet.service === service && packet.command === command;
}

function withAck(frame: Uint8Array): Uint8Array {
  frame[3] = (frame[3] ?? 0) | FLAG_ACK_REQUESTED;
  const crc = crc16(frame, 2, frame.length);
  frame[0] = crc & 0xff;
  frame[1] = crc >> 8;
  return frame;
}
