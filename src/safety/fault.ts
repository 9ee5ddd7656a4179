/**
 * What an assertion of the core found. Any of them puts the pump in its safe state for good: motor off, boluses ended,
 * critical alarm, a record with two numbers that say why. Only a new start of the program ends it.
 */
export enum FaultKind {
  none = 0,
  /** An event or deadline came with an earlier time than the one before, or with none; a: time before, b: time given, in ms. */
  timeBackwards = 1,
  /** An event or deadline came although an earlier deadline had not been served; a: that deadline, b: time given, in ms. */
  deadlineSkipped = 2,
  /** The step plan owes more than one stroke after a deadline; a: units owed, b: units in a stroke. */
  planOverrun = 3,
  /** The command queue is full; a: its length. */
  queueFull = 4,
  /** The step driver reported strokes that nobody ordered; a: reported, b: outstanding. */
  unorderedMotion = 5,
  /** The step driver did not report in time; a: strokes outstanding, b: time when the report was due, in ms. */
  motorSilent = 6,
  /** More strokes are outstanding than can be waiting; a: outstanding. */
  motorOverrun = 7,
  /** An event of unknown kind; a: the kind. */
  unknownEvent = 8,
  /** The configuration is none that a pump can have; a: place of the wrong field in `PumpConfig`, from 1. */
  badConfiguration = 9,
  /** The restored record is none that a pump can have written. */
  badRecord = 10,
  /** A part that the board's configuration declares did not answer at the start; a: the BoardPart. */
  missingPart = 11,
}

/** Parts of a board that can be seen to be missing when the program starts. */
export enum BoardPart {
  none = 0,
  /** The memory that keeps the ledger: it does not answer, does not keep what is written, or is smaller than declared. */
  memory = 1,
  /** The clock chip does not answer. */
  clockChip = 2,
  /** The pressure sensor gives a voltage that no sound one gives. */
  pressureSensor = 3,
  /** At the pin for the supply voltage there is next to none. */
  batteryDivider = 4,
}
