import { EventKind } from "../../src/events";
import type { Prescription } from "../../src/prescription/prescription";
import { MS_PER_DAY, MS_PER_HOUR, MS_PER_MIN } from "../../src/units";
import { drawFluid, drawPrescription, validPrescription } from "./random-prescription";
import type { TherapyDraft } from "./therapy-draft";

/** What a clinic does: prescriptions, refills, the line. */
export class ClinicVisits {
  constructor(private readonly draft: TherapyDraft) {}

  /** Another prescription is staged, and mostly confirmed. */
  newPrescription(): void {
    const { random, config } = this.draft;
    const wish = random.chance(93) ? { fluid: this.draft.fluid } : {};
    if (random.chance(15)) {
      this.draft.stage(drawPrescription(random, config, wish));
      return;
    }
    this.draft.program(validPrescription(random, config, wish));
    if (random.chance(60)) this.draft.start();
  }

  /** The whole refill, mostly as it should be; after a mistake it is done again. */
  refill(): void {
    const { random, script } = this.draft;
    if (random.chance(95)) script.add(EventKind.stop);
    script.moment();
    const { capacityNl } = this.draft.config;
    const hasDead = this.draft.config.tubingNl !== 0 && this.draft.prescription.catheterNl !== 0;
    const fluid = random.chance(hasDead ? 55 : 5) ? this.drawOtherFluid() : this.draft.fluid;
    if (random.chance(20)) this.fillWrongly(fluid);
    const offNl = random.chance(60) ? random.integer(0, 50000) : random.integer(-3000000, 3000000);
    script.add(EventKind.measureResidual, { count: Math.max(0, Math.min(capacityNl, this.draft.contentNl - offNl)) });
    script.moment();
    if (random.chance(95)) script.add(EventKind.acknowledge);
    this.draft.contentNl = random.chance(80) ? capacityNl : random.integer(0, capacityNl);
    script.add(EventKind.refill, { count: this.draft.contentNl, detail: random.pick([0, 0, 9000]), values: fluid });
    if (random.chance(50)) script.add(EventKind.acknowledge);
    const isOther = fluid !== this.draft.fluid;
    this.draft.fluid = fluid;
    if (isOther && random.chance(97)) this.draft.program(this.prescriptionFor(fluid));
    if (random.chance(10)) this.prime();
    script.moment();
    this.draft.start();
    if (!isOther) return;
    // Another one while the old fluid is still in the line.
    script.pass(MS_PER_HOUR);
    if (random.chance(15)) this.refill();
  }

  private fillWrongly(fluid: readonly number[]): void {
    const { random, script, config } = this.draft;
    if (random.chance(60)) {
      const residualNl = random.pick([config.capacityNl + 1, random.integer(0, config.capacityNl)]);
      script.add(EventKind.measureResidual, { count: residualNl });
    }
    const values = random.pick([fluid, fluid.map((ngPerUl) => ngPerUl * 1000), fluid.map(() => 0)]);
    script.add(EventKind.refill, { count: config.capacityNl + random.integer(0, 1), values });
    script.moment();
  }

  /** The same drugs in other concentrations, or other drugs. */
  private drawOtherFluid(): readonly number[] {
    const { random, config, fluid } = this.draft;
    if (random.chance(30)) return drawFluid(random, config);
    return fluid.map((ngPerUl, place) => {
      const drug = config.library[place];
      if (ngPerUl === 0 || drug === undefined) return 0;
      const wanted = random.pick([
        Math.floor(ngPerUl / 2),
        ngPerUl * 2,
        random.integer(drug.minNgPerUl, drug.maxNgPerUl),
      ]);
      return Math.max(drug.minNgPerUl, Math.min(drug.maxNgPerUl, wanted));
    });
  }

  private prescriptionFor(fluid: readonly number[]): Prescription {
    const { random, config } = this.draft;
    let prescription = validPrescription(random, config, { fluid });
    // A bridge is what most of these are about.
    for (let again = 0; again < 20 && random.chance(70) && prescription.bridge === 0; again++)
      prescription = validPrescription(random, config, { fluid });
    return prescription;
  }

  /** What is done to tubing and catheter at a stopped pump. */
  serviceLine(): void {
    const { random, script, config, prescription: p } = this.draft;
    if (random.chance(95)) script.add(EventKind.stop);
    script.moment();
    const deadNl = config.tubingNl + p.catheterNl;
    const emptyNl = random.chance(60) ? deadNl : random.integer(0, deadNl + 10);
    if (random.chance(70)) script.add(EventKind.deadVolumeEmpty, { count: emptyNl });
    if (random.chance(30)) script.add(EventKind.tubeChanged);
    this.prime(emptyNl);
    this.draft.start();
  }

  /** A priming bolus is asked for and mostly confirmed; `mostNl` is what could be without drug. */
  prime(mostNl = this.draft.config.tubingNl + this.draft.prescription.catheterNl): void {
    const { random, script, config } = this.draft;
    const volumeNl = random.pick([mostNl, mostNl + 1, random.integer(0, mostNl), Math.ceil(mostNl / 2)]);
    script.add(EventKind.prime, { count: volumeNl });
    script.moment();
    if (random.chance(10)) script.atMs += 10 * MS_PER_MIN;
    if (random.chance(90)) script.add(EventKind.confirmPrime, { count: random.chance(95) ? volumeNl : volumeNl + 1 });
    const lastsMs = Math.ceil((volumeNl * MS_PER_DAY) / config.maxRateNlPerDay);
    script.mark(lastsMs);
    if (random.chance(85)) script.atMs += Math.max(0, Math.min(lastsMs, 4 * MS_PER_HOUR) + random.integer(-1, 1));
  }
}
