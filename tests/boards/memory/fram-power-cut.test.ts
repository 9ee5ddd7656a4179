import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { RecordProblem } from "../../../src/record/state-record";
import { PoweredPump } from "../../src/powered-pump";
import { found } from "../../src/record/found";
import { Fram, FRAM_WORDS } from "../../src/record/fram";
import { PowerCut } from "../i2c/fake-i2c-bus";
import { FramBench } from "./fram-bench";

const HOUR_MS = 3600000;

interface Write {
  readonly place: number;
  readonly words: readonly number[];
}

/** Remembers what was written up to each commit. */
class RecordedFram extends Fram {
  /** The writes of each record, entries of the journal before it included. */
  readonly records: Write[][] = [];
  private open: Write[] = [];

  override write(place: number, words: readonly number[], count: number): void {
    super.write(place, words, count);
    this.open.push({ place, words: words.slice(0, count) });
  }

  override commit(sequence: number, nowMs: number): void {
    super.commit(sequence, nowMs);
    this.records.push(this.open);
    this.open = [];
  }
}

/** What a pump wrote that was programmed and started, gave a bolus, and went over the end of an hour. */
function writtenRecords(): Write[][] {
  const fram = new RecordedFram();
  const drive = new PoweredPump({ fram }).begin().pass(HOUR_MS / 2);
  drive.do(EventKind.requestBolus).pass(HOUR_MS);
  return fram.records;
}

function written(records: readonly (readonly Write[])[]): number[] {
  const fram = new Fram(new Array<number>(FRAM_WORDS).fill(0));
  for (const { place, words } of records.flat()) fram.write(place, words, words.length);
  return fram.imageAfter(Infinity);
}

const bytesOf = (writes: readonly Write[]): number => writes.reduce((sum, { words }) => sum + 4 * words.length, 0);

/** The chip when the power fails after so many bytes on the bus of a write of `writes`, and how many data bytes it had kept. */
async function chipAfter(bytes: number, before: readonly number[], writes: readonly Write[]) {
  const bench = new FramBench();
  new Uint32Array(bench.chip.cells.buffer).set(before);
  bench.bus.bytesToCut = bytes;
  let isCut = false;
  try {
    await bench.do(() => {
      for (const { place, words } of writes) bench.store.write(place, words, words.length);
    });
    await bench.board.run(200);
  } catch (error) {
    if (!(error instanceof PowerCut)) throw error;
    isCut = true;
  }
  return { image: bench.chip.words(), kept: bench.chip.kept, isCut };
}

test("cut at any byte of a write, the chip holds a beginning of what was written, and the core goes on behind one of two records (MEM-001)", async () => {
  const records = writtenRecords();
  expect(records.length).toBeGreaterThan(4);
  let cuts = 0;
  const sequences = new Set<number>();
  for (let last = 0; last < records.length; last++) {
    const before = written(records.slice(0, last));
    const writes = records[last] ?? [];
    const model = new Fram(before);
    for (const { place, words } of writes) model.write(place, words, words.length);
    const from = found(before).sequence;
    const to = found(written(records.slice(0, last + 1))).sequence;
    // Each byte of the long records would take long; a step that divides no record's length meets all kinds of places.
    const step = bytesOf(writes) > 400 ? 7 : 3;
    for (let bytes = 0; ; bytes += step) {
      const { image, kept, isCut } = await chipAfter(bytes, before, writes);
      expect(image).toEqual(model.imageAfter(kept));
      if (!isCut) break;
      const record = found(image);
      expect(record.problem).toBe(RecordProblem.none);
      expect([from, to]).toContain(record.sequence);
      sequences.add(record.sequence);
      cuts++;
    }
  }
  console.log(`FRAM: power cut at ${cuts} places of ${records.length} records`);
  expect(cuts).toBeGreaterThan(300);
  expect(sequences.size).toBeGreaterThan(4);
});
