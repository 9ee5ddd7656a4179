import { SERVICE_CLASS, ServiceCommand } from "../src/service/protocol";
import type { Bus } from "./bus";
import type { DeviceId } from "./device-id";
import { announceFrame, commandFrame } from "./frames";
import type { Packet } from "./frames";
import { LinkLost } from "./link-errors";
import { pause } from "./timers";
import type { Timers } from "./timers";

/** Index of the pump's service on its program's device. */
export const PUMP_SERVICE_INDEX = 1;

/** When no answer comes, the same bytes are sent again after this long, in ms. */
export const REPEAT_MS = 300;
/** So many times. */
export const REPEATS = 10;

/** The pump's device is announced again after this long, in ms: the runtime forgets it after 2 s. */
const ANNOUNCE_MS = 500;

/** Bit of a service command that is an event; its lowest byte is the event's number, and 7 bits above it count events. */
const EVENT = 0x8000;

/** Commands of sessions; the pump's reports to them are heard by all clients of a bridge. */
const OF_SESSIONS: ReadonlySet<number> = new Set([ServiceCommand.open, ServiceCommand.sealed]);

/** What a report says to a question: its answer, or nothing. */
export type Reading<T> = (payload: Uint8Array) => T | undefined | Promise<T | undefined>;

/** The pump's service on a bus: one question at a time, asked again until it is answered. */
export class PumpLine {
  private announcedMs = -Infinity;
  /** When the pump last said something about a session, whoever asked. */
  private spokeMs = -Infinity;
  private last: Promise<unknown> = Promise.resolve();
  private lastEvent = -1;
  private readonly stopHearing: () => void;

  /**
   * @param server the device as which the pump's program speaks
   * @param onEvent gets each event of the service once, with its number
   */
  constructor(
    readonly bus: Bus,
    readonly timers: Timers,
    readonly server: DeviceId,
    private readonly onEvent: (event: number, payload: Uint8Array) => void = () => undefined,
  ) {
    this.stopHearing = bus.hear({ packet: (packet) => this.takeReport(packet), closed: () => undefined });
  }

  /** Hears all reports to a command from now on; returns what ends that. */
  hearReports(command: number, listen: (payload: Uint8Array) => void): () => void {
    return this.bus.hear({
      packet: (packet) => {
        if (this.isReport(packet) && packet.command === command) listen(packet.payload);
      },
      closed: () => undefined,
    });
  }

  /** The pump has said something about a session within the last `ms`. */
  spokeWithin(ms: number): boolean {
    return this.timers.nowMs() - this.spokeMs <= ms;
  }

  /** Waits until the pump has said nothing about any session for `quietMs`, and `mostMs` at most: another client is at work meanwhile. */
  async untilQuiet(quietMs: number, mostMs: number): Promise<void> {
    const { timers } = this;
    const endMs = timers.nowMs() + mostMs;
    for (;;) {
      const waitMs = Math.min(this.spokeMs + quietMs, endMs) - timers.nowMs();
      if (waitMs <= 0) return;
      await pause(timers, waitMs);
    }
  }

  /** Hears no events any more. */
  end(): void {
    this.stopHearing();
  }

  /**
   * Asks, when the questions before are answered. Rejects with {@link LinkLost} when no answer comes.
   * @param read takes each report to `command`; the first that it makes something of is the answer
   * @param repeats how often the question is asked again
   * @param instead looked at before it is asked again: what this gives is the answer, and the question is not wanted any more
   */
  ask<T>(
    command: number,
    payload: Uint8Array,
    read: Reading<T>,
    repeats = REPEATS,
    instead: () => T | undefined = () => undefined,
  ): Promise<T> {
    const asked = this.last.then(() => this.exchange(command, payload, read, repeats, instead));
    this.last = asked.catch(() => undefined);
    return asked;
  }

  private exchange<T>(
    command: number,
    payload: Uint8Array,
    read: Reading<T>,
    repeats: number,
    instead: () => T | undefined,
  ): Promise<T> {
    const { bus, timers, server } = this;
    const frame = commandFrame(server, PUMP_SERVICE_INDEX, command, payload);
    return new Promise<T>((resolve, reject) => {
      let takeBack = (): void => undefined;
      let sent = 0;
      const end = (): void => {
        takeBack();
        stopHearing();
      };
      const fail = (error: unknown): void => {
        end();
        reject(error instanceof Error ? error : new Error(String(error)));
      };
      const take = (answer: T | undefined): void => {
        if (answer === undefined) return;
        end();
        resolve(answer);
      };
      const stopHearing = bus.hear({
        packet: (packet) => {
          if (!this.isReport(packet) || packet.command !== command) return;
          try {
            const answer = read(packet.payload);
            if (answer instanceof Promise) answer.then(take, fail);
            else take(answer);
          } catch (error) {
            fail(error);
          }
        },
        closed: (why) => fail(new LinkLost(why)),
      });
      const send = (): void => {
        if (sent > repeats) {
          fail(new LinkLost(`the pump has not answered for ${((repeats + 1) * REPEAT_MS) / 1000} s`));
          return;
        }
        const other = sent === 0 ? undefined : instead();
        if (other !== undefined) {
          take(other);
          return;
        }
        sent++;
        this.announce();
        bus.send(frame);
        takeBack = timers.after(REPEAT_MS, send);
      };
      if (bus.whyClosed === undefined) send();
      else fail(new LinkLost(bus.whyClosed));
    });
  }

  private announce(): void {
    const nowMs = this.timers.nowMs();
    if (nowMs - this.announcedMs < ANNOUNCE_MS) return;
    this.announcedMs = nowMs;
    this.bus.send(announceFrame(this.server, [SERVICE_CLASS]));
  }

  private isReport({ device, service, isCommand, isBroadcast }: Packet): boolean {
    return device === this.server && service === PUMP_SERVICE_INDEX && !isCommand && !isBroadcast;
  }

  private takeReport(packet: Packet): void {
    if (!this.isReport(packet)) return;
    if (OF_SESSIONS.has(packet.command)) this.spokeMs = this.timers.nowMs();
    if ((packet.command & EVENT) === 0) return;
    // An event can come several times, with the same count.
    if (packet.command === this.lastEvent) return;
    this.lastEvent = packet.command;
    this.onEvent(packet.command & 0xff, packet.payload);
  }
}
