/**
 * What the pump writes into its journal, and what reached it. Codes, because they cross from board to host; each has up to four
 * integers. 1 to 31 are inputs as they were handed to the pump (code = EventKind), 32 to 63 commands that reached their port, 64 to 127
 * the pump's own entries, 128 on the rows of an interrogation (code = ReportRow).
 */
export enum JournalCode {
  /** Inputs were lost, because too many came between two wakes; a: how many, b: EventKind of one that had waited too long. */
  inputsLost = 30,
  /** Second half of the input `refill`: a to d: concentrations of the first four drugs of the library, in ng/µL. */
  refillDrugs = 31,
  /** The store was given a record; a: its number, b: total strokes in it. */
  storeWrite = 32,
  /** The annunciator was given a signal; a: AlarmPriority, b: 1 when its sound is silenced, c: AlarmKind that shows (-1: none). */
  annunciate = 33,
  /** The program is started anew, as planned. */
  restart = 35,
  /** The guard took EN away; a: GuardTrip. */
  guardTripped = 36,
  /** The motor was switched off; a: 1 at once, 0 after the stroke. */
  motorOff = 34,

  /** Therapy began, or goes on after a hold. */
  started = 64,
  /** Therapy was not begun; a: StartRefusal. */
  startRefused = 65,
  /** Therapy ended, ordered by a person. */
  stopped = 66,
  /** A prescription is in force; a: its digest, b: soft limits that were passed on purpose, c: amounts that changed much. */
  programmed = 67,
  /** A staged prescription was refused; a: its digest, b: how many problems refuse it; each follows as a `problem`. */
  stageRefused = 68,
  /** A bolus began; a: request id (0: scheduled or priming), b: volume in nL, c: duration in ms, d: BolusKind. */
  bolusGranted = 69,
  /** A bolus was denied; a: request id, b: BolusAnswer, c and d: the answer's numbers. */
  bolusDenied = 70,
  /** A bolus ended; a: request id, b: BolusEnd, c: volume that was ordered until then in nL, d: BolusKind. */
  bolusEnded = 71,
  /** An alarm became active; a: AlarmKind. */
  alarmRaised = 72,
  /** An alarm was cleared; a: AlarmKind. */
  alarmCleared = 73,
  /** Volume was given up because the controller came late, or because a stroke waited for its record in vain; a: nL, b: ms late, 0: it waited. */
  forfeited = 74,
  /** A stroke was dropped for good at a dose limit; a: window in ms, b: 0 the volume, otherwise the drug's place in the library from 1. */
  strokeDropped = 75,
  /** The pump is in its safe state; a: FaultKind, b and c: its numbers. */
  fault = 76,
  /** The reservoir holds another volume now; a: nL, b: expiry in days since 2000-01-01, 0: none. */
  refilled = 77,
  /** A refill or a residual was refused; a: RefillRefusal, b: nL. */
  refillRefused = 78,
  /** A prescription is staged; a: its digest, b: soft limits that it passes, c: amounts that change much. Its problems follow. */
  staged = 79,
  /** One problem of a staged prescription; a: PrescriptionFault, b: given, c: limit, d: the place it is about. */
  problem = 80,
  /** A confirmation was refused; a: ConfirmRefusal, b: the digest that was given. */
  confirmRefused = 81,
  /** The wall clock was set; a: ms since 2000-01-01, b: by how many ms it was moved (0 when it was not known). */
  clockSet = 82,
  /** The wall clock is not known any more. */
  clockLost = 83,
  /** Another basal rate is in force; a: nL/day. */
  basalRate = 84,
  /** A bolus is suspended by a demand bolus; a: request id, b: nL left, c: BolusKind. */
  bolusSuspended = 85,
  /** A suspended bolus goes on; a: request id, b: nL left, c: BolusKind. */
  bolusResumed = 86,
  /** A scheduled bolus is not given, because another one was under way; a: BolusKind of that one. */
  bolusSkipped = 87,
  /** Therapy is held at the minimum rate. */
  held = 88,
  /** A measured residual; a: expected nL, b: measured nL, c: most that they may differ in nL, d: 1 when they differ by more. */
  residualMeasured = 89,
  /** Flow error in thousandths, more delivered than counted is positive; a: since the last fill, b: since the first. */
  flowError = 90,
  /** A priming bolus waits for its confirmation; a: nL. */
  primeAsked = 91,
  /** A priming bolus was refused; a: PrimeRefusal, b: nL that could be primed. */
  primeRefused = 92,
  /** Old fluid has to pass the dead volume; a: nL. */
  oldFluid = 93,
  /** The old fluid has passed. */
  oldFluidPassed = 94,
  /** The program has reached its end, and therapy with it. */
  programEnded = 95,
  /** The dead volume without drug; a: nL. */
  deadVolumeEmpty = 96,
  /** The tube set is new. */
  tubeChanged = 97,
  /** An order was refused, because the pump is not in the state for it or has no such part; a: the EventKind, b: its number. */
  orderRefused = 98,
  /** A clinician has read the pump; its rows follow. */
  interrogated = 99,
  /** The program has started and found its ledger; a: starts, b: 1 as planned, 2 as another program than before, whose prescription is not in force, c: strokes that may have been delivered and count, d: unplanned restarts in 24 h. */
  poweredOn = 100,
  /** A command whose id was seen before: it has no second effect; a: the EventKind, b: its id. */
  commandRepeated = 101,
  /** An occlusion was released; a: the volume that may have come out behind it, in nL. */
  releaseBolus = 102,
  /** Equal denials within 10 min; a: how many more, b: BolusAnswer. */
  denialsRepeated = 103,
  /** The prescription is out of force. */
  withdrawn = 104,
  /** Something was done about access to the pump; a: AccessKind, b: its number. */
  access = 105,
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
  /** An alarm that stops the motor is active. */
  alarmActive = 5,
  /** The reservoir holds other drugs, or other concentrations, than the prescription says. */
  otherDrugs = 6,
  /** The program has reached its end; it has to be confirmed anew. */
  programEnded = 7,
  /** A priming bolus is being delivered. */
  priming = 8,
  /** There is no minimum rate to hold at. */
  noMinimumRate = 9,
  /** Old fluid is still in the line, and its drug at this rate or in a bolus passes a hard limit, or it cannot be bridged. */
  oldFluid = 10,
}

/** Why a confirmation was refused. */
export enum ConfirmRefusal {
  /** Nothing is staged, or something else than what the digest says. */
  otherDigest = 1,
  /** Soft limits are passed and the confirmation does not say so. */
  softLimits = 2,
  /** Amounts change much, are new or were 0, and the confirmation does not say so. */
  largeChanges = 3,
  /** Therapy is running, and the fluid is not the staged prescription's: the reservoir's, or what is still in the line (see StartRefusal.oldFluid). */
  otherDrugs = 4,
}

/** Why a residual or a refill was not taken. */
export enum RefillRefusal {
  /** The pump is running. */
  notStopped = 1,
  /** More than the reservoir holds, or no volume at all. */
  volume = 2,
  /** The residual was not measured since the pump was stopped. */
  notMeasured = 3,
  /** The residual differed by more than it may, and nobody has acknowledged it. */
  discrepancy = 4,
  /** No drug that the library has, too many, or a concentration outside its range. */
  drugs = 5,
  /** Other drugs than before, while the dead volumes of tubing and catheter are not known. */
  deadVolumeUnknown = 6,
}

/** Why a priming bolus was refused. */
export enum PrimeRefusal {
  /** The pump is running, or another one is being delivered. */
  notStopped = 1,
  /** The dead volumes of tubing and catheter are not known. */
  deadVolumeUnknown = 2,
  /** More than what is without drug. */
  aboveDeadVolume = 3,
  /** Not the volume that was asked for, or longer than 10 min ago. */
  notConfirmed = 4,
  /** An alarm that stops the motor is active, the pump is in its safe state, or the reservoir is too low. */
  alarmActive = 5,
  /** What moved within the window of the pump's hard limit, and this, would pass it. */
  hardLimit = 6,
}

/** The contract of whatever keeps or shows the journal: entries come in order of core time and are never refused. */
export interface Journal {
  /** Takes one entry: a JournalCode or EventKind, its time in ms of core time, up to four integers (0 when unused). */
  write(code: number, atMs: number, a: number, b: number, c: number, d: number): void;
}
