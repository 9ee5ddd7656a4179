import { expect, test } from "vitest";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { SealedKind, ServiceStatus } from "../../../src/service/protocol";
import { digestOfPrescription, prescribed } from "../reference-pump";
import { draftBody, KeyHolder } from "./key-holder";
import { ServedPump } from "./served-pump";

const MEANT = prescribed({ basalNlPerDay: 500000 });
const OTHER = prescribed({ basalNlPerDay: 4000000 });
const MEANT_DIGEST = digestOfPrescription(MEANT);
const OTHER_DIGEST = digestOfPrescription(OTHER);

/** A pump without a prescription, and its clinician with a session. */
function opened(): { served: ServedPump; clinician: KeyHolder } {
  const served = new ServedPump();
  const clinician = new KeyHolder(served);
  clinician.setKey();
  expect(clinician.open()).toBe(true);
  return { served, clinician };
}

function stage(clinician: KeyHolder, prescription = MEANT, id = digestOfPrescription(prescription)): ServiceStatus {
  expect(clinician.draft(prescriptionNumbers(prescription))).toBe(ServiceStatus.done);
  return clinician.order(EventKind.stage, { id }) ?? ServiceStatus.noSession;
}

/** Confirms `digest` and starts. Returns the rate that is given then, in nL/day. */
function confirmed(served: ServedPump, clinician: KeyHolder, digest: number): number {
  clinician.order(EventKind.confirm, { id: digest, detail: 3 });
  clinician.order(EventKind.start);
  return served.pump.therapy.mode === TherapyMode.running ? served.pump.delivery.plan.basalNlPerDay : 0;
}

test("what is staged is what its digest says: another draft is not handed on (SEC-015)", () => {
  const { served, clinician } = opened();
  expect(stage(clinician, OTHER, MEANT_DIGEST)).toBe(ServiceStatus.digest);
  expect(served.told(JournalCode.staged)).toEqual([]);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(0);
  expect(confirmed(served, clinician, OTHER_DIGEST)).toBe(0);
});

test("a draft behind the stage changes nothing of what is confirmed (SEC-015)", () => {
  const { served, clinician } = opened();
  expect(stage(clinician)).toBe(ServiceStatus.done);
  clinician.draft(prescriptionNumbers(OTHER));
  expect(confirmed(served, clinician, OTHER_DIGEST)).toBe(0);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(500000);
});

test("a draft between the parts of another is found out by the digest, whichever part it replaces (SEC-015)", () => {
  const meant = prescriptionNumbers(MEANT);
  const other = prescriptionNumbers(OTHER);
  for (let first = 0; first < meant.length; first += 25) {
    const { clinician } = opened();
    clinician.draft(meant);
    const part = other.slice(first, first + 25);
    clinician.send(SealedKind.draft, draftBody(first, part));
    const isSame = part.every((number, i) => number === meant[first + i]);
    expect(clinician.order(EventKind.stage, { id: MEANT_DIGEST })).toBe(
      isSame ? ServiceStatus.done : ServiceStatus.digest,
    );
  }
});

test("another one that is staged by a second client in between is not confirmed by the first's digest (SEC-015)", () => {
  const { served, clinician } = opened();
  stage(clinician);
  const second = new KeyHolder(served);
  expect(second.open()).toBe(true);
  stage(second, OTHER);
  expect(clinician.open()).toBe(true);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(0);
  expect(served.told(JournalCode.confirmRefused)).toHaveLength(1);
});

test("what is staged does not outlast the power, and a confirmed one is not confirmed twice (SEC-015)", () => {
  const { served, clinician } = opened();
  stage(clinician);
  served.cut();
  expect(clinician.open()).toBe(true);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(0);
  stage(clinician);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(500000);
  clinician.order(EventKind.confirm, { id: MEANT_DIGEST, detail: 3 });
  expect(served.told(JournalCode.programmed)).toHaveLength(1);
});

test("a draft that is swapped under a stage which the pump has not taken yet is not confirmed by the first's digest (SEC-015)", () => {
  const { served, clinician } = opened();
  clinician.draft(prescriptionNumbers(MEANT));
  served.isDeaf = true;
  expect(clinician.order(EventKind.stage, { id: MEANT_DIGEST })).toBe(ServiceStatus.notServed);
  clinician.draft(prescriptionNumbers(OTHER));
  served.isDeaf = false;
  served.turn();
  expect(served.told(JournalCode.staged).map(([digest]) => digest)).toEqual([OTHER_DIGEST]);
  expect(confirmed(served, clinician, MEANT_DIGEST)).toBe(0);
});
