import { EventKind } from "../../../src/events";
import { prescriptionNumbers } from "../../../src/prescription/prescription";
import type { Prescription } from "../../../src/prescription/prescription";
import { JournalCode } from "../../../src/record/journal";
import { ServiceStatus } from "../../../src/service/protocol";
import { digestOfPrescription, drugs, prescribed } from "../../src/reference-pump";
import { KEY } from "../linked-pump";
import { ImagePump } from "./image-pump";

/** A stroke every 2.6 s, a demand bolus that is denied for 2 h behind another, and a minimum rate to hold at. */
export const QUICK_PRESCRIPTION: Prescription = prescribed({
  basalNlPerDay: 10000000,
  windowLimitNl: 11500000,
  bolusNl: 3000,
  minimumNlPerDay: 100000,
});

/** How far a pump is set up. */
export enum Stage {
  /** It has its key, and a clock that was set. */
  keyed,
  /** And a prescription, and 15 mL in its reservoir. */
  filled,
  /** And therapy runs. */
  running,
}

const snapshots = new Map<Stage, Promise<Uint8Array>>();

/** What the memory of a pump holds that is so far and was switched off in good order. */
export function memoryAt(stage: Stage): Promise<Uint8Array> {
  const made = snapshots.get(stage) ?? setUp(stage);
  snapshots.set(stage, made);
  return made;
}

/** A pump that is so far. */
export async function pumpAt(stage: Stage, seed = 1): Promise<ImagePump> {
  return ImagePump.start({ seed, memory: await memoryAt(stage) });
}

async function setUp(stage: Stage): Promise<Uint8Array> {
  const image = await ImagePump.start();
  const client = await image.client();
  const { link } = client;
  image.pump.holdButton(4000);
  await image.time.pause(3500);
  if ((await client.do(link.setKey(KEY))) !== ServiceStatus.done) throw new Error("no key");
  await client.do(link.openSession(KEY));
  await client.must(link.order({ kind: EventKind.setClock, count: 800000000000 }), JournalCode.clockSet);
  if (stage >= Stage.filled) {
    await client.must(link.stage(prescriptionNumbers(QUICK_PRESCRIPTION)), JournalCode.staged);
    await client.must(link.confirm(digestOfPrescription(QUICK_PRESCRIPTION), 3), JournalCode.programmed);
    await client.must(link.order({ kind: EventKind.measureResidual }), JournalCode.residualMeasured);
    const refill = { kind: EventKind.refill, count: 15000000, detail: 9999, values: drugs(1000) };
    await client.must(link.order(refill), JournalCode.refilled);
  }
  if (stage >= Stage.running) await client.must(link.order({ kind: EventKind.start }), JournalCode.started);
  await client.do(link.close());
  await image.time.pause(20000);
  await image.pump.close();
  if (image.failures.length !== 0) throw new Error(image.failures.join("\n"));
  return image.pump.memory.contents();
}
