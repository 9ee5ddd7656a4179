/**
 * What the pump writes into its journal, and what reached it. Codes, because they cross from board to host; each has up to four
 * integers. 1 to 31 are inputs as they were handed to the pump (code = EventKind), 32 to 63 commands that reached their port, 64 on
 * the pump's own entries.
 */
export enum JournalCode {
  /** Inputs were lost, because too many came between two wakes; a: how many. */
  inputsLost = 30,
  /** Second half of the input `program`: a: most boluses per 24 h, b: window in ms, c: window limit in nL. */
  programLimits = 31,
  /** The store was given a record; a: its number, b: total strokes in it. */
  storeWrite = 32,
  /** The annunciator was given a pattern; a: AlarmPattern, b: 1 when its sound is silenced. */
  annunciate = 33,
  /** The motor was switched off; a: 1 at once, 0 after the stroke. */
  motorOff = 34,

  /** Therapy began. */
  started = 64,
  /** Therapy was not begun; a: StartRefusal. */
  startRefused = 65,
  /** Therapy ended. */
  stopped = 66,
  /** A prescription is in force. */
  programmed = 67,
  /** A prescription was refused; a: PrescriptionFault, b: given, c: limit. */
  programRefused = 68,
  /** A bolus began; a: request id, b: volume in nL, c: duration in ms. */
  bolusGranted = 69,
  /** A bolus was denied; a: request id, b: BolusAnswer, c and d: the answer's numbers. */
  bolusDenied = 70,
  /** A bolus ended; a: request id, b: BolusEnd, c: volume that was ordered until then in nL. */
  bolusEnded = 71,
  /** An alarm became active; a: AlarmKind. */
  alarmRaised = 72,
  /** An alarm was cleared; a: AlarmKind. */
  alarmCleared = 73,
  /** Volume was given up because the controller came late; a: nL, b: ms late. */
  forfeited = 74,
  /** A basal stroke was dropped for good at the dose limit; a: window in ms. */
  strokeDropped = 75,
  /** The pump is in its safe state; a: FaultKind, b and c: its numbers. */
  fault = 76,
  /** The reservoir holds another volume now; a: nL. */
  refilled = 77,
  /** A refill was refused, because the pump is running or the volume is impossible; a: nL. */
  refillRefused = 78,
}

/** Why therapy was not begun. */
export enum StartRefusal {
  /** No prescription is in force. */
  noPrescription = 1,
  /** It is running already. */
  alreadyRunning = 2,
  /** The pump is in its safe state. */
  faultLatched = 3,
  /** The reservoir is empty. */
  reservoirEmpty = 4,
}

/** The contract of whatever keeps or shows the journal: entries come in order of core time and are never refused. */
export interface Journal {
  /** Takes one entry: a JournalCode or EventKind, its time in ms of core time, up to four integers (0 when unused). */
  enter(code: number, atMs: number, a: number, b: number, c: number, d: number): void;
}
