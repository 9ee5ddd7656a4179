import { EventKind } from "../../../src/events";
import { SealedKind, ServiceCommand } from "../../../src/service/protocol";
import { crc16 } from "../../../link/crc16";
import { packetsIn } from "../../../link/frames";
import type { Random } from "../../../sim/random/random";
import { GOOD } from "../faulty-transport";
import type { Fate } from "../faulty-transport";
import { MISHAPS } from "../mishaps";
import type { Mishap } from "../mishaps";

/** Where an order's kind lies in its frame: frame head, packet head, head of the sealed frame. */
const ORDER_KIND_AT = 12 + 4 + 8;

/** Frames from the pump that are lost in a row when the link is lost one way: more than its answers to all repetitions of a question. */
const DEAF_FRAMES = 30;

const DECISIVE_KINDS = [EventKind.stop, EventKind.start, EventKind.requestBolus, EventKind.hold, EventKind.acknowledge];

/** A frame that was sent before comes once more, later on. */
function replaying(): Mishap {
  const before: Uint8Array[] = [];
  return (frame, random) => {
    before.push(frame.slice());
    return [
      { frame, ms: 1 },
      { frame: random.pick(before), ms: random.integer(1, 2000) },
    ];
  };
}

/** Somebody puts another order into the client's frame, and sends on the client's own behind it. */
function tampered(frame: Uint8Array, random: Random): ReturnType<Fate> {
  const [packet] = packetsIn(frame);
  const isOrder = packet?.command === Number(ServiceCommand.sealed) && packet.payload[4] === Number(SealedKind.order);
  const mine = { frame, ms: 4 };
  if (!isOrder || !packet.isCommand) return [mine];
  const copy = frame.slice();
  copy[ORDER_KIND_AT] = random.pick(DECISIVE_KINDS);
  const crc = crc16(copy, 2, copy.length);
  copy[0] = crc & 255;
  copy[1] = crc >> 8;
  return [{ frame: copy, ms: 1 }, mine];
}

/** What can go wrong with one frame, made anew for each course. */
export const SINGLE_MISHAPS: Readonly<Record<string, () => Mishap>> = {
  ...Object.fromEntries(Object.entries(MISHAPS).map(([name, mishap]) => [name, () => mishap])),
  replayed: replaying,
  tampered: () => tampered,
};

/** Of `stride` frames in turn the one at `place` goes wrong. */
export function everyFew(name: string, stride: number, place: number, random: Random): Fate {
  const mishap = SINGLE_MISHAPS[name]?.();
  if (mishap === undefined) throw new RangeError(name);
  let frames = 0;
  return (frame, toPump) => (frames++ % stride === place ? mishap(frame, random) : GOOD(frame, toPump));
}

/** All of it at random, on up to 40 % of the frames; now and then nothing of what the pump says comes through for a while. */
export function noisy(random: Random): Fate {
  const mishaps = Object.values(SINGLE_MISHAPS).map((make) => make());
  const percent = random.integer(5, 40);
  let deafFrames = 0;
  return (frame, toPump) => {
    if (!toPump && deafFrames > 0) {
      deafFrames--;
      return [];
    }
    if (random.chance(2)) deafFrames = DEAF_FRAMES;
    return random.chance(percent) ? random.pick(mishaps)(frame, random) : GOOD(frame, toPump);
  };
}
