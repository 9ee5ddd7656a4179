import { SERVICE_CLASS } from "../src/service/protocol";
import type { Bus } from "./bus";
import { serverDeviceOf } from "./device-id";
import type { DeviceId } from "./device-id";
import { announcedClasses, broadcastFrame } from "./frames";
import { LinkFailure, LinkLost } from "./link-errors";
import { PumpLine } from "./pump-line";
import { readIdentity } from "./registers";
import type { PumpIdentity } from "./registers";
import type { Timers } from "./timers";

/** Class of the service that every DeviceScript board has, its manager of programs, as Jacdac's specification gives it (devicescriptmanager.h). */
export const DEVICE_SCRIPT_MANAGER = 0x1134ea2b;

/** Boards announce themselves every 500 ms; in this time a board's announcement comes, even when one is lost. */
const LISTEN_MS = 1200;

/** Class of the control service that every device has, and its command that does nothing. */
const CONTROL_CLASS = 0;
const NO_OPERATION = 0x80;

/** A device that does not answer so many questions is no pump. */
const REPEATS = 4;

/** A pump on a bus, as it says itself. */
export interface FoundPump {
  readonly server: DeviceId;
  readonly identity: PumpIdentity;
}

/** Which pump is meant. */
export interface PumpChoice {
  /** The board's id; given: nobody else is asked, and nothing is waited for. */
  readonly board?: DeviceId | undefined;
  /** Its serial number, when there is more than one pump on the bus. */
  readonly serial?: number | undefined;
}

/** Finds the pump on a bus. Rejects with {@link LinkFailure} when there is none, or more than one; with BadAnswer when it speaks another version. */
export async function findPump(bus: Bus, timers: Timers, { board, serial }: PumpChoice): Promise<FoundPump> {
  const found = board === undefined ? await findPumps(bus, timers) : await askOne(bus, timers, serverDeviceOf(board));
  const meant = serial === undefined ? found : found.filter(({ identity }) => identity.serial === serial);
  const [pump, other] = meant;
  if (pump === undefined) throw new LinkFailure(`${bus.nameText()}: ${whyNone(bus, found, serial)}`);
  if (other !== undefined)
    throw new LinkFailure(
      `${bus.nameText()}: there are several pumps: say which by its serial number: ${serials(meant)}`,
    );
  return pump;
}

function whyNone(bus: Bus, found: readonly FoundPump[], serial: number | undefined): string {
  if (bus.whyClosed !== undefined) return bus.whyClosed;
  if (found.length > 0) return `there is no pump with serial number ${serial}, but ${serials(found)}`;
  return "no pump answers: does its program run, and was it built with the service?";
}

function serials(pumps: readonly FoundPump[]): string {
  return pumps.map(({ identity }) => identity.serial).join(", ");
}

async function askOne(bus: Bus, timers: Timers, server: DeviceId): Promise<FoundPump[]> {
  const line = new PumpLine(bus, timers, server);
  try {
    return [{ server, identity: await readIdentity(line, REPEATS) }];
  } catch (error) {
    if (error instanceof LinkLost) return [];
    throw error;
  } finally {
    line.end();
  }
}

/** All pumps that announce themselves, or whose boards do, within {@link LISTEN_MS}. */
async function findPumps(bus: Bus, timers: Timers): Promise<FoundPump[]> {
  const asked = new Map<DeviceId, Promise<FoundPump[]>>();
  await new Promise<void>((resolve) => {
    const stopHearing = bus.hear({
      packet: (packet) => {
        const classes = announcedClasses(packet) ?? [];
        const server = classes.includes(SERVICE_CLASS)
          ? packet.device
          : classes.includes(DEVICE_SCRIPT_MANAGER)
            ? serverDeviceOf(packet.device)
            : undefined;
        if (server === undefined || asked.has(server)) return;
        const answer = askOne(bus, timers, server);
        // Looked at when the time is up.
        answer.catch(() => undefined);
        asked.set(server, answer);
      },
      closed: () => resolve(),
    });
    // A simulated pump sleeps while nobody talks on its bus, and is as silent as that.
    bus.send(broadcastFrame(CONTROL_CLASS, NO_OPERATION, false));
    timers.after(LISTEN_MS, () => {
      stopHearing();
      resolve();
    });
  });
  return (await Promise.all(asked.values())).flat();
}
