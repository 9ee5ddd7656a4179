import type { PumpConfig } from "../config";
import type { StrokeVolume } from "../motion/stroke";
import { ConfirmRefusal, JournalCode } from "../record/journal";
import type { Reports } from "../reports";
import { Confirm } from "../events";
import { zeros } from "../units";
import { largeChanges } from "./change";
import { digestOf } from "./digest";
import { ActivePrescription, PRESCRIPTION_FIELDS } from "./prescription";
import { PrescriptionProblems } from "./problem";
import { validatePrescription } from "./validate";

/**
 * The two steps by which a prescription comes into force: it is staged, judged and shown beside the active one, and then confirmed with its
 * digest. What is confirmed is what was judged, and nothing else.
 */
export class Staging {
  /** The numbers that are handed over, in the order of PrescriptionField. Whoever gives the event `stage` fills them first. */
  readonly draft = zeros(PRESCRIPTION_FIELDS);
  /** What was staged last; only while `isStaged`. */
  readonly staged = new ActivePrescription();
  isStaged = false;
  private digest = 0;
  private changes = 0;
  private readonly problems = new PrescriptionProblems();

  constructor(
    private readonly config: PumpConfig,
    private readonly stroke: StrokeVolume,
    private readonly active: ActivePrescription,
    private readonly reports: Reports,
  ) {}

  /** Judges what is in `draft`; every problem is logged. Refused when one of them is hard. */
  stage(): void {
    const problems = this.problems;
    const staged = this.staged;
    const reports = this.reports;
    staged.take(this.draft);
    this.digest = digestOf(staged.fields);
    validatePrescription(staged, staged.fields, this.config, this.stroke, problems);
    this.isStaged = problems.hard === 0;
    this.changes = largeChanges(this.active.fields, staged.fields);
    if (this.isStaged) reports.log(JournalCode.staged, this.digest, problems.soft, this.changes, 0);
    else reports.log(JournalCode.stageRefused, this.digest, problems.hard, 0, 0);
    for (let i = 0; i < problems.listed; i++)
      reports.log(JournalCode.problem, problems.fault[i], problems.given[i], problems.limit[i], problems.at[i]);
  }

  /** Judges a confirmation by `digest` and its {@link Confirm} bits. True: the staged prescription comes into force, and is staged no more. */
  confirm(digest: number, bits: number): boolean {
    const soft = this.problems.soft;
    let refusal = 0;
    if (this.changes !== 0) if ((bits & Confirm.largeChanges) === 0) refusal = ConfirmRefusal.largeChanges;
    if (soft !== 0) if ((bits & Confirm.softLimits) === 0) refusal = ConfirmRefusal.softLimits;
    if (!this.isStaged) refusal = ConfirmRefusal.otherDigest;
    if (digest !== this.digest) refusal = ConfirmRefusal.otherDigest;
    if (refusal !== 0) {
      this.reports.log(JournalCode.confirmRefused, refusal, digest, 0, 0);
      return false;
    }
    this.isStaged = false;
    this.reports.log(JournalCode.programmed, digest, soft, this.changes, 0);
    return true;
  }
}
