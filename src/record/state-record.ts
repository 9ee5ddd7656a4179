import { MOST_LIBRARY_DRUGS } from "../config";
import { isWhole, NEVER_MS, zeros } from "../units";

/** Why the memory holds no ledger that this pump can go on with. Therapy cannot begin, and nothing in it is erased. */
export enum RecordProblem {
  none = 0,
  /** What is there is not what a pump has written: noise, or a record that has changed in the memory. */
  damaged = 1,
  /** A ledger of another layout: of older or newer firmware. */
  otherFormat = 2,
  /** The ledger of a pump with another serial number. */
  otherPump = 3,
  /** This pump's ledger under another configuration: what it counts in may be something else. */
  otherConfiguration = 4,
  /** Its numbers are none that a pump can have. */
  impossible = 5,
}

/** What is added up in {@link StateRecord.flags}. */
export enum RecordFlag {
  /** A demand bolus is under way: it counts as given whole, and its lockout begins anew. */
  demandUnderWay = 1,
  /** What is reserved fills the line, and reaches nobody. */
  intoLine = 2,
  /** Written at rest before a restart that the pump itself has planned. Good for one start. */
  planned = 4,
  /** The program in force has begun. */
  programBegun = 8,
  /** It has reached its end. */
  programEnded = 16,
  /** The last shot of a trial has begun. */
  lastShotBegun = 32,
  /** The wall clock is known. */
  clockKnown = 64,
  /** The residual was measured, and nothing has moved since. */
  residualMeasured = 128,
  /** The motor has stalled too often: therapy does not go on by itself. */
  stallLatched = 256,
  /** Found under another program than the one that wrote it: no prescription is in force. It is never written. */
  otherProgram = 512,
}

type Single = Exclude<
  keyof StateRecord,
  | "problem"
  | "sequence"
  | "stallsLeaveMs"
  | "restartsMs"
  | "drugs"
  | "tip"
  | "tipBefore"
  | "prescription"
  | "hours"
  | "grantsMs"
>;
type List = "stallsLeaveMs" | "restartsMs" | "drugs" | "tip" | "tipBefore";

/** Names of the single numbers of a record, made anew for each use because a board has little memory; in order: the first LEDGER_FIELDS are the ledger, the others the state; {@link STATE_LISTS} follow them. */
export function recordNames(): readonly Single[] {
  return [
    "coreMs",
    "totalStrokes",
    "patientStrokes",
    "reservedStrokes",
    "drawnStrokes",
    "uncertainStrokes",
    "flags",
    "mode",
    "lastEndMs",
    "highestId",
    "highestCommandId",
    "grants",
    "oldStrokes",
    "owedUnits",
    "boots",
    "stateSequence",
    "prescriptionSequence",
    "serial",
    "configDigest",
    "filledNl",
    "filledAtMs",
    "expiryDay",
    "tubeStrokes",
    "tubeSinceMs",
    "programmedAtMs",
    "nextBolusMs",
    "lastBolusMs",
    "programEndMs",
    "scheduledBoluses",
    "emptyNl",
    "flowReallyNl",
    "flowCountedNl",
    "chargePerMille",
    "clockOffsetMs",
    "stoppedTooLongMs",
    "alarmsActive",
    "alarmsCaused",
    "tipChangedMs",
  ];
}

/** The lists of the state, in order. */
export const STATE_LISTS: readonly List[] = ["stallsLeaveMs", "restartsMs", "drugs", "tip", "tipBefore"];

/** How many numbers the ledger has. */
export const LEDGER_FIELDS = 17;

/** How many numbers the state has, its lists included. */
export const STATE_FIELDS = 21 + 3 + 3 + 3 * MOST_LIBRARY_DRUGS;

/**
 * All that survives a restart. The first numbers are the *ledger*, written often; the rest is the *state*, written when it changes. What
 * is reserved may have been delivered when the record is found again.
 */
export class StateRecord {
  /** Number of this record: one more than the one before; 0: a blank store, a pump that never moved. */
  declare sequence: number;
  /** Why there is none. */
  problem = RecordProblem.none;

  /** Core time when it was written, in ms. */
  declare coreMs: number;
  /** Strokes since the pump was made. */
  declare totalStrokes: number;
  /** Those of them that went to the patient. */
  declare patientStrokes: number;
  /** Strokes that may follow before the next record. */
  declare reservedStrokes: number;
  /** Strokes drawn since the last fill. */
  declare drawnStrokes: number;
  /** Those of them that were counted and perhaps not made. */
  declare uncertainStrokes: number;
  /** The sum of {@link RecordFlag}. */
  declare flags: number;
  /** TherapyMode. */
  declare mode: number;
  /** End of the last demand bolus, in ms of core time; before the first: negative. */
  declare lastEndMs: number;
  /** Highest id of a request for a bolus. */
  declare highestId: number;
  /** Highest id of any other command. */
  declare highestCommandId: number;
  /** Demand boluses granted since the pump was made. */
  declare grants: number;
  /** Strokes of old fluid that have still to pass. */
  declare oldStrokes: number;
  /** What is owed below one stroke, in units; only a planned restart keeps it. */
  declare owedUnits: number;
  /** Starts of the program. */
  declare boots: number;
  /** Number of the state record that belongs to it. */
  declare stateSequence: number;
  /** Number of the prescription that is in force; 0: none is. */
  declare prescriptionSequence: number;

  /** Serial number of the pump. */
  declare serial: number;
  /** `configDigest` of its configuration. */
  declare configDigest: number;
  /** Reservoir content at the last fill, in nL. */
  declare filledNl: number;
  /** Core time of the last fill, in ms. */
  declare filledAtMs: number;
  /** Expiry of the drug in the reservoir, in days since 2000-01-01; 0: none was given. */
  declare expiryDay: number;
  /** Total strokes when the tube set was new. */
  declare tubeStrokes: number;
  /** Core time when the tube set was new, in ms. */
  declare tubeSinceMs: number;
  /** Core time at which the prescription was confirmed, in ms; -1: there is none. */
  declare programmedAtMs: number;
  /** Start of the next scheduled bolus, in ms of core time; NEVER_MS: none comes. */
  declare nextBolusMs: number;
  /** Start of the last one. */
  declare lastBolusMs: number;
  /** When the program ends, in ms of core time; NEVER_MS: never. */
  declare programEndMs: number;
  /** Scheduled boluses begun. */
  declare scheduledBoluses: number;
  /** Dead volume without drug, in nL; -1: all of it. */
  declare emptyNl: number;
  /** Flow error: what really left the reservoir, in nL, and what was counted. */
  declare flowReallyNl: number;
  declare flowCountedNl: number;
  /** Charge that was read last, in thousandths; -1: none. */
  declare chargePerMille: number;
  /** Wall time less core time, in ms, when the clock was known last. */
  declare clockOffsetMs: number;
  /** When *stopped too long* is raised, in ms of core time; NEVER_MS: not. */
  declare stoppedTooLongMs: number;
  /** Alarms that are active, and that have their cause: one bit each. */
  declare alarmsActive: number;
  declare alarmsCaused: number;
  /** When the tip last gave other fluid, in ms of core time. */
  declare tipChangedMs: number;

  /** When each of the last stalls leaves its window, oldest first, in ms of core time. */
  readonly stallsLeaveMs = zeros(3);
  /** Core time of the last unplanned restarts, oldest first, in ms; -1: none. */
  readonly restartsMs = [-1, -1, -1];
  /** Concentration of each drug of the library in the reservoir, in ng/µL. */
  readonly drugs = zeros(MOST_LIBRARY_DRUGS);
  /** The same at the tip; when no old fluid is in the line it is that of the reservoir. */
  readonly tip = zeros(MOST_LIBRARY_DRUGS);
  /** The strongest that came out within a day before `tipChangedMs`. */
  readonly tipBefore = zeros(MOST_LIBRARY_DRUGS);

  /** The prescription in force; empty: none. */
  prescription: readonly number[] = [];
  /** Strokes to the patient in each of the last hours of core time, the current one first; empty: none. */
  hours: readonly number[] = [];
  /** When each of the last demand boluses was granted, the last one first, in ms of core time. */
  grantsMs: readonly number[] = [];

  /** A blank record: nothing was ever delivered, ordered or filled in. */
  constructor() {
    this.sequence = 0;
    const names = recordNames();
    for (let i = 0; i < names.length; i++) this[names[i]] = 0;
    this.lastEndMs = -NEVER_MS;
    this.lastBolusMs = -NEVER_MS;
    this.nextBolusMs = NEVER_MS;
    this.programEndMs = NEVER_MS;
    this.stoppedTooLongMs = NEVER_MS;
    this.programmedAtMs = -1;
    this.emptyNl = -1;
    this.chargePerMille = -1;
  }
}

/** Why a pump of this capacity cannot go on with a restored record: the problem that was found with it, or a number that no pump can have written. */
export function problemOf(record: StateRecord, capacityNl: number): RecordProblem {
  const impossible = RecordProblem.impossible;
  if (record.problem !== RecordProblem.none) return record.problem;
  const names = recordNames();
  for (let i = 0; i < names.length; i++) if (!isWhole(record[names[i]], -NEVER_MS, NEVER_MS)) return impossible;
  if (!isWhole(record.filledNl, 0, capacityNl)) return impossible;
  if (!isWhole(record.drawnStrokes, record.uncertainStrokes, record.totalStrokes)) return impossible;
  if (!isWhole(record.tubeStrokes, 0, record.totalStrokes)) return impossible;
  if (!isWhole(record.filledAtMs, 0, record.coreMs)) return impossible;
  if (!isWhole(record.tubeSinceMs, 0, record.coreMs)) return impossible;
  return RecordProblem.none;
}
