import { expect, test } from "vitest";
import { Random } from "../../../sim/random/random";
import { EventKind } from "../../../src/events";
import { MOST_PACKET_BYTES, SealedKind, ServiceCommand } from "../../../src/service/protocol";
import { runs } from "../runs";
import { KeyHolder, openQuestion, OTHER_KEY } from "./key-holder";
import { ServedPump } from "./served-pump";

/** `MINIM_FRAMES=20000000 npx vitest run tests/src/service/fuzz.test.ts` makes more. */
const FRAMES = runs(Number(process.env["MINIM_FRAMES"] ?? "2000000"));

/** A frame, flipped, cut, made longer and spoilt, sent as another command, or nothing but noise. */
function spoilt(random: Random, command: number, frame: Uint8Array): [number, Uint8Array] {
  const copy = frame.slice();
  const noise = (): Uint8Array =>
    Uint8Array.from({ length: random.integer(0, MOST_PACKET_BYTES) }, () => random.integer(0, 255));
  switch (random.integer(0, 5)) {
    case 0: {
      const bit = random.integer(0, 8 * copy.length - 1);
      copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      return [command, copy];
    }
    case 1:
      return [command, copy.slice(0, random.integer(0, copy.length))];
    case 2: {
      const longer = noise();
      longer.set(copy.subarray(0, longer.length));
      if (longer.length > 0) longer[random.integer(0, longer.length - 1)] = random.integer(0, 255);
      return [command, longer];
    }
    case 3:
      return [random.integer(0, 65535), copy];
    case 4:
      return [command, noise()];
    default:
      return [command, copy];
  }
}

test("spoilt and repeated frames of a session, by the million: nothing is ordered, and the clinician gets in (SEC-017)", () => {
  const random = new Random(1);
  const served = new ServedPump();
  const clinician = new KeyHolder(served);
  clinician.setKey();
  served.begin();
  clinician.open();
  const heard: [number, Uint8Array][] = [];
  for (const kind of [EventKind.stop, EventKind.start, EventKind.requestBolus, EventKind.silence, EventKind.start]) {
    clinician.order(kind);
    heard.push([ServiceCommand.sealed, clinician.frame]);
  }
  clinician.send(SealedKind.ping);
  heard.push([ServiceCommand.open, openQuestion(new Uint8Array(16))], [ServiceCommand.setKey, OTHER_KEY]);
  heard.push([ServiceCommand.reset, new TextEncoder().encode("erase key")]);
  const { mode } = served.pump.therapy;
  const { highestCommandId } = served.pump.orders;
  for (let i = 0; i < FRAMES; i++) {
    const [command, frame] = heard[random.integer(0, heard.length - 1)] ?? [0, new Uint8Array(1)];
    served.ask(...spoilt(random, command, frame));
    if (i % 64 === 0) served.pass(random.integer(0, 400));
    if (i % 1000 === 0) {
      served.entries = [];
      served.strokesMs = [];
      expect(served.service.doing).toBe(0);
    }
  }
  expect(served.pump.therapy.mode).toBe(mode);
  expect(served.pump.orders.highestCommandId).toBe(highestCommandId);
  expect(served.service.security.hasKey).toBe(true);
  served.pass(310000);
  expect(new KeyHolder(served).open()).toBe(true);
});
