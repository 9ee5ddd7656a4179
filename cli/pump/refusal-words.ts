import { formatDuration, formatVolume } from "../../config/quantities";
import type { Entry } from "../../link/entries";
import { ServiceStatus } from "../../src/service/protocol";
import { BolusAnswer } from "../../src/delivery/judge-bolus";
import { BolusKind } from "../../src/delivery/bolus-run";
import { EventKind } from "../../src/events";
import { ConfirmRefusal, JournalCode, PrimeRefusal, RefillRefusal, StartRefusal } from "../../src/record/journal";
import { digestText } from "./digest-text";

/** What a refusal is told with besides its own numbers. */
export interface RefusalFacts {
  /** Core time of the pump in ms, when it was asked; `undefined`: not known. */
  readonly coreMs: number | undefined;
  /** The active alarms, in words. */
  readonly alarms: readonly string[];
  /** What the reservoir holds when it is full, in nL. */
  readonly capacityNl: number;
}

/** Why the pump has refused an order, with its numbers: the entry of its journal in words. */
export function refusalText(entry: Entry, facts: RefusalFacts): string {
  const { a, b } = entry;
  switch (entry.code) {
    case Number(JournalCode.startRefused):
      return startText(a, facts);
    case Number(JournalCode.bolusDenied):
      return bolusText(entry, facts);
    case Number(JournalCode.stageRefused):
      return `the pump refuses it for ${b} ${b === 1 ? "reason" : "reasons"}`;
    case Number(JournalCode.confirmRefused):
      return confirmText(a, b);
    case Number(JournalCode.refillRefused):
      return refillText(a, b, facts);
    case Number(JournalCode.primeRefused):
      return primeText(a, b, facts);
    case Number(JournalCode.orderRefused):
      return orderText(a, b);
    default:
      return `refused (journal code ${entry.code})`;
  }
}

function alarmsText({ alarms }: RefusalFacts): string {
  return alarms.length === 0 ? "" : ` (active: ${alarms.join(", ")})`;
}

function startText(why: StartRefusal, facts: RefusalFacts): string {
  switch (why) {
    case StartRefusal.noPrescription:
      return "no prescription is in force: stage one and confirm it";
    case StartRefusal.alreadyRunning:
      return "therapy is running already";
    case StartRefusal.faultLatched:
      return "the pump is in its safe state after a fault, which only a new start of its program ends";
    case StartRefusal.reservoirEmpty:
      return "the reservoir is empty: refill it";
    case StartRefusal.alarmActive:
      return `an alarm that stops the motor is active, or a residual that nobody has acknowledged${alarmsText(facts)}`;
    case StartRefusal.otherDrugs:
      return "the reservoir holds other drugs, or other concentrations, than the prescription says: refill it, or stage another prescription";
    case StartRefusal.programEnded:
      return "the program has reached its end: stage and confirm it anew";
    case StartRefusal.priming:
      return "a priming bolus is being delivered: wait for its end, or stop it";
    case StartRefusal.noMinimumRate:
      return "there is no minimum rate to hold at";
    case StartRefusal.oldFluid:
      return "old fluid is still in the line, and its drug at this rate or in a bolus would pass a hard limit, or it cannot be bridged";
  }
}

/** How long from now on, to an instant of core time. */
function fromNow(untilMs: number, { coreMs }: RefusalFacts): string {
  if (coreMs === undefined) return `until ${formatDuration(untilMs)} of core time`;
  return `for ${formatDuration(Math.max(0, untilMs - coreMs))} more`;
}

function bolusText({ b: answer, c, d }: Entry, facts: RefusalFacts): string {
  switch (answer as BolusAnswer) {
    case BolusAnswer.granted:
      return "granted";
    case BolusAnswer.duplicate:
      return "a request with this number was judged before";
    case BolusAnswer.stopped:
      return "the pump is stopped, or held at its minimum rate";
    case BolusAnswer.faultLatched:
      return "the pump is in its safe state after a fault";
    case BolusAnswer.alarmActive:
      return `a critical alarm is active${alarmsText(facts)}`;
    case BolusAnswer.notPrescribed:
      return "the prescription has no demand bolus";
    case BolusAnswer.aboveLimit:
      return c === 0
        ? "its duration is none that the pump can give: 1 ms to 24 h, and slow enough for its maximum rate"
        : `it is outside the hard limits, or less than a stroke; the most is ${formatVolume(c)}`;
    case BolusAnswer.clockNotSet:
      return "boluses are allowed at hours of the day only, and the pump's clock is not set";
    case BolusAnswer.outsideHours:
      return `not at this hour: ${fromNow(c, facts)}`;
    case BolusAnswer.busy:
      return c === Number(BolusKind.bridge)
        ? "old fluid is being bridged"
        : `a ${BolusKind[c]} bolus is being delivered`;
    case BolusAnswer.lockedOut:
      return `locked out ${fromNow(c, facts)}`;
    case BolusAnswer.maxPerDay:
      return `as many as 24 h may have were given: no more ${fromNow(c, facts)}`;
    case BolusAnswer.wouldExceedWindow:
      return `it would pass the dose limit of ${formatDuration(c)}: there is room for ${formatVolume(Math.max(0, d))}`;
    case BolusAnswer.reservoirLow:
      return `the reservoir holds only ${formatVolume(Math.max(0, c))} above its low mark`;
  }
}

function confirmText(why: ConfirmRefusal, digest: number): string {
  switch (why) {
    case ConfirmRefusal.otherDigest:
      return `what is staged is not what the digest ${digestText(digest)} says, or nothing is staged`;
    case ConfirmRefusal.softLimits:
      return "it passes soft limits: that has to be said with --override-soft";
    case ConfirmRefusal.largeChanges:
      return "values in it change more than 3-fold, are new or were 0: that has to be said with --large-changes";
    case ConfirmRefusal.otherDrugs:
      return "therapy is running, and its fluid is another: the reservoir's, or what is still in the line; stop, and refill";
  }
}

function refillText(why: RefillRefusal, volumeNl: number, { capacityNl, ...facts }: RefusalFacts): string {
  switch (why) {
    case RefillRefusal.notStopped:
      return "the pump is running, or priming: stop it first";
    case RefillRefusal.volume:
      return `${formatVolume(volumeNl)} is more than the reservoir holds (${formatVolume(capacityNl)})`;
    case RefillRefusal.notMeasured:
      return "the residual was not measured since the pump was stopped";
    case RefillRefusal.discrepancy:
      return `the residual differed by more than it may, and nobody has acknowledged it${alarmsText({ capacityNl, ...facts })}`;
    case RefillRefusal.drugs:
      return "none of its drugs is in the library, they are too many, or a concentration is outside the library's range";
    case RefillRefusal.deadVolumeUnknown:
      return "it holds other drugs than before, and the dead volumes of tubing and catheter are not known";
  }
}

function primeText(why: PrimeRefusal, mostNl: number, facts: RefusalFacts): string {
  switch (why) {
    case PrimeRefusal.notStopped:
      return "the pump is running, or priming already: stop it first";
    case PrimeRefusal.deadVolumeUnknown:
      return "the dead volumes of tubing and catheter are not known: the pump file gives the one, the prescription in force the other";
    case PrimeRefusal.aboveDeadVolume:
      if (mostNl === 0)
        return "nothing of the line is without drug; after a change of tubing or catheter say so first: npx minim pump line-empty VOLUME";
      return `less than a stroke, or more than what is without drug: ${formatVolume(mostNl)}`;
    case PrimeRefusal.notConfirmed:
      return "not the volume that was asked for, or asked for more than 10 min ago";
    case PrimeRefusal.alarmActive:
      return `an alarm that stops the motor is active, the pump is in its safe state, or the reservoir is too low${alarmsText(facts)}`;
    case PrimeRefusal.hardLimit:
      return "with what has moved within the window of the pump's hard limit it would pass it";
  }
}

function orderText(order: number, value: number): string {
  switch (order as EventKind) {
    case EventKind.hold:
      return "therapy is not running, or the prescription has no minimum rate to hold at";
    case EventKind.tubeChanged:
      return "only while the pump is stopped";
    case EventKind.deadVolumeEmpty:
      return `only while the pump is stopped, and not more than its dead volume, which has to be known (${formatVolume(value)} was given)`;
    default:
      return `the pump is not in the state for it (${EventKind[order] ?? order}, ${value})`;
  }
}

/** Why the service has not passed an order on to the pump. */
export function statusText(status: ServiceStatus): string {
  switch (status) {
    case ServiceStatus.notAllowed:
      return "no such order is taken over the link";
    case ServiceStatus.notStored:
      return "the pump's memory does not answer";
    case ServiceStatus.noMemory:
      return "the pump has no FRAM (`memory` in its pump file), or must not write to it: without one it takes neither key nor orders";
    case ServiceStatus.digest:
      return "what arrived at the pump is not what was sent: another client drafts at the same time";
    case ServiceStatus.keyIsSet:
      return "a key is set already: change it with rotate-key, or erase it with erase-key";
    case ServiceStatus.buttonNotHeld:
      return "the pump's button was not held for 3 s";
    case ServiceStatus.noKey:
      return "the pump has no key yet: set one with set-key, while its button is held";
    default:
      return `the pump says ${ServiceStatus[status] ?? status}`;
  }
}
