import { TherapyMode } from "../../src/delivery/therapy";
import { BolusKind } from "../../src/delivery/bolus-run";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { PRESCRIPTION_FIELDS, PrescriptionField } from "../../src/prescription/prescription";
import { ReportRow } from "../../src/record/report-row";
import { AlarmKind } from "../../src/safety/alarm-kind";
import { FaultKind } from "../../src/safety/fault";
import { ENTRY_WORDS } from "./entry-words";
import type { EntryWords } from "./entry-words";

/** The event of every row of an interrogation; its key `row` says which. */
export const REPORT_EVENT = "report";

/** The numbers of a prescription by their place: `bolusNl`, `stepNlPerDay[2]`. */
export const PRESCRIPTION_WORDS: Readonly<Record<number, string>> = prescriptionWords();

function prescriptionWords(): Record<number, string> {
  const lists: readonly string[] = ["stepStartMs", "concentrationNgPerUl", "stepNlPerDay"];
  const words: Record<number, string> = {};
  let name = "";
  let first = 0;
  for (let place = 0; place < PRESCRIPTION_FIELDS; place++) {
    const begins = PrescriptionField[place];
    if (begins !== undefined) {
      name = begins;
      first = place;
    }
    words[place] = lists.includes(name) ? `${name}[${place - first}]` : name;
  }
  return words;
}

const EVENT_WORDS: Record<number, string> = Object.fromEntries(
  Object.entries(ENTRY_WORDS).map(([code, { event }]) => [code, event]),
);

/** Every row of an interrogation by its ReportRow; `event` is the row's own word. */
export const ROW_WORDS: Readonly<Record<number, EntryWords>> = {
  [ReportRow.identity]: { event: "identity", fields: [["model"], ["serial"], ["firmware"], ["plPerRevolution"]] },
  [ReportRow.clock]: { event: "clock", fields: [["known"], ["wallMs"], ["coreMs"], ["fault", FaultKind]] },
  [ReportRow.delivery]: {
    event: "delivery",
    fields: [["mode", TherapyMode], ["basalNlPerDay"], ["bolusNlPerDay"], ["bridging"]],
  },
  [ReportRow.bolus]: { event: "bolus", fields: [["bolus", BolusKind], ["id"], ["leftNl"], ["suspended"]] },
  [ReportRow.prescription]: {
    event: "prescription",
    fields: [["digest"], ["confirmedMs"], ["stagedDigest"], ["staged"]],
  },
  [ReportRow.field]: { event: "field", fields: [["field", PRESCRIPTION_WORDS], ["inForce"], ["asStaged"]] },
  [ReportRow.reservoir]: { event: "reservoir", fields: [["leastNl"], ["mostNl"], ["lowNl"], ["filledNl"]] },
  [ReportRow.refill]: {
    event: "refill",
    fields: [["filledMs"], ["expiryDay"], ["lowWithBolusesMs"], ["lowWithoutMs"]],
  },
  [ReportRow.drug]: { event: "drug", fields: [["drug"], ["reservoirNgPerUl"], ["tipNgPerUl"]] },
  [ReportRow.line]: { event: "line", fields: [["oldFluidNl"], ["deadVolumeNl"]] },
  [ReportRow.flow]: { event: "flow", fields: [["errorPerMille"], ["judged"]] },
  [ReportRow.flowOfRefill]: { event: "flowOfRefill", fields: [["errorPerMille"], ["whenMs"]] },
  [ReportRow.battery]: { event: "battery", fields: [["supplyMv"], ["chargePerMille"], ["endOfServiceMs"]] },
  [ReportRow.tube]: { event: "tube", fields: [["strokes"], ["sinceMs"], ["lifeStrokes"], ["lifeDays"]] },
  [ReportRow.alarm]: { event: "alarm", fields: [["alarm", AlarmKind], ["sinceMs"], ["hasCause"]] },
  [ReportRow.counters]: { event: "counters", fields: [["strokes"], ["primingStrokes"], ["granted"], ["denied"]] },
  [ReportRow.request]: { event: "request", fields: [["whenMs"], ["id"], ["answer", BolusAnswer], ["orderedNl"]] },
  [ReportRow.event]: { event: "event", fields: [["whenMs"], ["logged", EVENT_WORDS], ["a"], ["b"]] },
  [ReportRow.day]: { event: "day", fields: [["day"], ["strokes"], ["strokeNgPerUl"]] },
  [ReportRow.end]: { event: "end", fields: [] },
};

/** The words of the rows by their ReportRow. */
export function rowNames(): Record<number, string> {
  return Object.fromEntries(Object.entries(ROW_WORDS).map(([row, { event }]) => [row, event]));
}
