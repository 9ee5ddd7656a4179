import { MOST_LIBRARY_DRUGS } from "../../../src/config";
import { RECORD_FIELDS, readRecord, StateRecord } from "../../../src/record/store";
import { RECORD_ROW } from "../../../src/simulation/host-protocol";

/** Numbers of a record for the store. */
const RECORD_NUMBERS = RECORD_FIELDS + MOST_LIBRARY_DRUGS;

/** Puts a record for the store together from the rows in which the program sends it. */
export class RecordRows {
  private readonly numbers: number[] = [];

  /** Takes the row that begins at `place`. Returns the record once its last row has come. */
  take(place: number, row: readonly number[]): StateRecord | undefined {
    row.forEach((value, index) => (this.numbers[place + index] = value));
    if (place + RECORD_ROW < RECORD_NUMBERS) return undefined;
    const record = new StateRecord();
    readRecord(this.numbers, record);
    return record;
  }
}
