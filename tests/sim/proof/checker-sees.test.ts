import { afterEach, expect, test, vi } from "vitest";
import { BolusHistory } from "../../../src/delivery/bolus-history";
import { BucketRing } from "../../../src/delivery/bucket-ring";
import { DrugWindows } from "../../../src/delivery/drug-windows";
import { StepPlan } from "../../../src/delivery/step-plan";
import { TherapyMode } from "../../../src/delivery/therapy";
import { EventLog } from "../../../src/record/event-log";
import { Reservation } from "../../../src/record/reservation";
import { RecordFlag } from "../../../src/record/state-record";
import type { StateRecord } from "../../../src/record/state-record";
import { TwoSlotRecord } from "../../../src/record/two-slot-record";
import { Guard } from "../../../src/safety/guard";
import { COURSES } from "../../../sim/proof/courses";
import { FailingCall } from "../../../sim/proof/failing-ports";
import { failingEngine } from "../../../sim/proof/failing-program";
import { cutEverywhere } from "../../../sim/proof/power-cuts";

afterEach(() => {
  vi.restoreAllMocks();
});

/** A pump with something wrong. */
interface Mutant {
  readonly wrong: string;
  /** What it forgets of its ledger at each start. */
  readonly forget?: (ledger: StateRecord) => void;
  /** What else is wrong with it. */
  readonly mutate?: () => void;
  /** What the checker has to say. */
  readonly says: RegExp;
}

/** True when the checker says of cuts in some course what it has to say. */
function isSeen({ forget, mutate, says }: Mutant): boolean {
  mutate?.();
  const engineOf = failingEngine(new FailingCall("store.write throws", 0), forget);
  // Most are seen in few lives.
  return [97, 13].some((every) =>
    COURSES.some((course) => {
      const { wrong } = cutEverywhere(course, engineOf, { seed: 1, every, mostWrong: 3 });
      return wrong.flatMap(({ complaints }) => complaints).some((one) => says.test(one.replace(/[-\d.]+/g, "#")));
    }),
  );
}

/** The guard would hold most of these: it has tests of its own. */
function guardSleeps(): void {
  vi.spyOn(Guard.prototype, "permits").mockReturnValue(true);
}

const MUTANTS: readonly Mutant[] = [
  {
    wrong: "what was reserved does not count",
    forget: (ledger) => (ledger.reservedStrokes = 0),
    says: /strokes are counted, and # were made/,
  },
  {
    wrong: "strokes do not wait for the record of a bolus",
    mutate: () => {
      guardSleeps();
      vi.spyOn(Reservation.prototype, "hold").mockImplementation(() => undefined);
    },
    says: /a bolus is forgotten that/,
  },
  {
    wrong: "all is reserved at once",
    mutate: () => {
      vi.spyOn(Reservation.prototype, "ask").mockImplementation(function (this: Reservation, wanted, total) {
        Object.assign(this, { isHeld: false, asked: wanted, askedAtStrokes: total });
        return wanted;
      });
    },
    says: /only # were made in # starts/,
  },
  {
    wrong: "the lockout is forgotten",
    forget: (ledger) => {
      ledger.lastEndMs = -1e15;
      ledger.flags &= ~RecordFlag.demandUnderWay;
    },
    says: /inside the lockout/,
  },
  {
    wrong: "grants of 24 h are forgotten",
    forget: (ledger) => (ledger.grantsMs = []),
    says: /in # h of powered time, and # are allowed/,
  },
  {
    wrong: "requests are not remembered",
    mutate: () => vi.spyOn(BolusHistory.prototype, "hasSeen").mockReturnValue(false),
    says: /is given again/,
  },
  {
    wrong: "commands are not remembered",
    forget: (ledger) => (ledger.highestCommandId = 0),
    says: /a command is carried out again/,
  },
  {
    wrong: "what was missed is made up for",
    mutate: () => {
      const { takeStroke } = StepPlan.prototype;
      const begun = new WeakSet<StepPlan>();
      vi.spyOn(StepPlan.prototype, "takeStroke").mockImplementation(function (this: StepPlan) {
        const isTaken = takeStroke.call(this);
        if (isTaken && !begun.has(this)) {
          begun.add(this);
          this.owedUnits += this.stroke.strokeUnits - 1 - this.owedUnits;
        }
        return isTaken;
      });
    },
    says: /nL were ordered since the start of the program/,
  },
  {
    wrong: "therapy goes on that was stopped",
    mutate: guardSleeps,
    forget: (ledger) => (ledger.mode = TherapyMode.running),
    says: /a stroke while therapy is stopped/,
  },
  {
    wrong: "therapy does not go on",
    forget: (ledger) => (ledger.mode = TherapyMode.stopped),
    says: /strokes came where at least/,
  },
  {
    wrong: "restarts are not counted",
    forget: (ledger) => ledger.restartsMs.fill(-1),
    says: /a stroke while therapy is stopped/,
  },
  {
    wrong: "what was given is forgotten",
    mutate: () => {
      guardSleeps();
      // Neither what the ledger nor what the guard has found again comes into a window.
      vi.spyOn(BucketRing.prototype, "remember").mockImplementation(() => undefined);
    },
    forget: (ledger) => (ledger.hours = []),
    says: /strokes in # ms, # are prescribed/,
  },
  {
    wrong: "what was given of a drug is forgotten",
    mutate: () => {
      const { addStroke } = DrugWindows.prototype;
      const begun = new WeakSet<DrugWindows>();
      vi.spyOn(DrugWindows.prototype, "addStroke").mockImplementation(function (this: DrugWindows, fluid) {
        if (!begun.has(this)) {
          this.units.fill(0);
          this.ring.fill(0);
        }
        begun.add(this);
        return addStroke.call(this, fluid);
      });
    },
    says: /ng of drug # in # h, # are the limit/,
  },
  {
    wrong: "the reservoir does not count what was reserved",
    forget: (ledger) => (ledger.drawnStrokes -= Math.min(ledger.drawnStrokes, ledger.reservedStrokes)),
    says: /the reservoir is told to hold/,
  },
  {
    wrong: "an older record is taken for the newest",
    mutate: () => {
      const { readFrom } = TwoSlotRecord.prototype;
      vi.spyOn(TwoSlotRecord.prototype, "readFrom").mockImplementation(function (
        this: TwoSlotRecord,
        memory,
        sequence,
      ) {
        const find = readFrom.call(this, memory, sequence);
        if (sequence === -1 && find === 0) readFrom.call(this, memory, (this.numbers[1] ?? 0) - 1);
        return find;
      });
    },
    says: /the pump goes on behind record/,
  },
  {
    wrong: "the journal begins anew",
    mutate: () => {
      const begun = new WeakSet<EventLog>();
      const { keep } = EventLog.prototype;
      vi.spyOn(EventLog.prototype, "keep").mockImplementation(function (this: EventLog, ...numbers) {
        if (!begun.has(this)) this.faults.count = 0;
        begun.add(this);
        keep.apply(this, numbers);
      });
    },
    says: /the journal has # entries and had #|of the journal has changed/,
  },
];

for (const mutant of MUTANTS)
  test(`a pump is caught in which ${mutant.wrong}`, () => {
    expect(isSeen(mutant)).toBe(true);
  });
