import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { MOST_STEPS, prescriptionNumbers } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { MS_PER_HOUR } from "../../../src/units";
import { LogRing, LOG_ENTRY_BYTES } from "../../../link/log-entries";
import { announcedClasses } from "../../../link/frames";
import type { Packet } from "../../../link/frames";
import { flexDay } from "../../src/reference-pump";
import { pumpAt, QUICK_PRESCRIPTION, Stage } from "./staged-pump";

/** The limits: packets and time of an interrogation without logs; speed at which logs are read. */
const MOST_PACKETS = 60;
const MOST_MS = 2000;
const LEAST_LOG_BYTES_PER_S = 3000;

/** Thirteen steps a day, and hours for boluses: most numbers of a prescription are in it. */
const FULL_DAY = {
  ...QUICK_PRESCRIPTION,
  ...flexDay(...Array.from({ length: MOST_STEPS }, (_, i): [number, number] => [i * MS_PER_HOUR, 800000 + 10000 * i])),
  hoursFromMs: 8 * MS_PER_HOUR,
  hoursToMs: 20 * MS_PER_HOUR,
  refillDays: 30,
};

function isAnnouncement(packet: Packet): boolean {
  return announcedClasses(packet) !== undefined;
}

/*
 * Virtual time holds what the pump waits for: its own pauses between two slices, the memory, and the runtime's 50 packets a second. What the
 * processor of a board takes for the work itself comes on top; `docs/numbers.md` has it.
 */
test("an interrogation takes at most 60 packets and 2 s, and logs come at 3 kB/s or more (LNK-024)", async () => {
  const image = await pumpAt(Stage.running);
  const client = await image.clinician();
  const { link } = client;
  // A report with nearly all of its rows, and a journal of some length.
  await client.must(link.stage(prescriptionNumbers(FULL_DAY)), JournalCode.staged);
  for (let i = 0; i < 150; i++) {
    await client.do(link.order({ kind: EventKind.stop }));
    await client.do(link.order({ kind: EventKind.requestBolus }));
    await client.do(link.order({ kind: EventKind.start }));
  }
  await client.do(link.close());
  await image.time.pause(20000);

  // As `minim pump interrogate`: connect, a session, the whole report and every register.
  image.toPump.length = 0;
  image.fromPump.length = 0;
  let startMs = image.time.nowMs();
  const reader = await image.clinician();
  const rows = await reader.do(reader.link.report());
  const { link: registers } = reader;
  await reader.do(
    Promise.all([registers.state(), registers.alarms(), registers.residual(), registers.rate(), registers.totals()]),
  );
  await reader.do(reader.link.close());
  const tookMs = image.time.nowMs() - startMs;
  const { toPump, fromPump } = image;
  const [asked, answered, announced] = [
    toPump.filter((packet) => !isAnnouncement(packet)).length,
    fromPump.filter((packet) => !isAnnouncement(packet)).length,
    [...toPump, ...fromPump].filter(isAnnouncement).length,
  ];

  const log = await image.clinician();
  startMs = image.time.nowMs();
  let logBytes = 0;
  await log.do(log.link.log(LogRing.events, 0, ({ entries }) => (logBytes += LOG_ENTRY_BYTES * entries.length)));
  const perS = (1000 * logBytes) / (image.time.nowMs() - startMs);
  console.log(
    `interrogation: ${rows.length} rows, ${asked} packets to the pump, ${answered} from it, ${announced} announcements, ${tookMs} ms; ` +
      `log: ${logBytes} bytes at ${(perS / 1000).toFixed(1)} kB/s`,
  );
  expect(rows.length).toBeGreaterThan(50);
  expect(asked + answered + announced).toBeLessThanOrEqual(MOST_PACKETS);
  expect(tookMs).toBeLessThanOrEqual(MOST_MS);
  expect(logBytes).toBeGreaterThan(3000);
  expect(perS).toBeGreaterThanOrEqual(LEAST_LOG_BYTES_PER_S);
  expect(image.failures).toEqual([]);
});
