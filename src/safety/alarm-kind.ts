/** Conditions that a person is told of. The order is that of the alarm table. */
export enum AlarmKind {
  /** Reservoir at or below its low mark. */
  lowReservoir = 0,
  /** Reservoir empty: nothing is delivered. */
  emptyReservoir = 1,
  /** The controller came late: volume was forfeited. */
  controlLate = 2,
  /** A stroke was dropped because it would have passed a dose limit. */
  doseLimitReached = 3,
  /** The pump is in its safe state. */
  pumpFault = 4,
  /** The rotor did not turn when it should. */
  motorStall = 5,
  /** The pressure behind the pump head says that the line is blocked. */
  occlusion = 6,
  /** More motion than was commanded. */
  overInfusion = 7,
  /** Less motion than was commanded. */
  underInfusion = 8,
  /** Stopped for more than 48 h: the roller deforms the tube. */
  stoppedTooLong = 9,
  /** A memory does not hold what was written to it. */
  memoryFault = 10,
  /** The guard refused a stroke. */
  guardTrip = 11,
  /** The prescription needs the time of day, and it is not known. */
  clockNotSet = 12,
  /** Elective replacement indicator: the end of service comes near, by charge or by age. */
  replacementDue = 13,
  /** End of service, by charge or by age. */
  endOfService = 14,
  /** Supply voltage at its lower mark. */
  batteryLow = 15,
  /** Supply voltage too low to go on. */
  batteryOut = 16,
  /** The patient's button is held down for 10 s or more. */
  stuckKey = 17,
  /** The drug in the reservoir is older than its label allows. */
  drugExpired = 18,
  /** The tube set has reached its life in revolutions or days. */
  tubeLife = 19,
  /** The date of the next refill has come. */
  refillDue = 20,
  /** The motor is too hot. */
  motorHot = 21,
  /** Air in the line. */
  airInLine = 22,
  /** The reservoir's content is uncertain by more than 2 mL. */
  reservoirUncertain = 23,
  /** The measured residual differs from the expected one by more than it may. */
  residualDiscrepancy = 24,
  /** The program was started anew without a plan: power was lost, or something failed. Therapy goes on. */
  restarted = 25,
  /** It was started anew too often: therapy does not go on by itself. */
  restartedTooOften = 26,
}

/** How many alarms there are. */
export const ALARM_KINDS = 27;
