import { IDEAL_BALANCE } from "../../sim/plant/balance";
import type { BalanceModel } from "../../sim/plant/balance";
import { IDEAL_HEAD_FLOW } from "../../sim/plant/head-flow";
import type { HeadFlowModel } from "../../sim/plant/head-flow";
import { airDensityGPerMl, buoyancyShare } from "../../sim/plant/water";
import type { BenchProfile, TrueInstrument } from "./bench-profile";

/** The pump head of one bench. */
export function headModel({ rollers, pulsationPercent }: BenchProfile, { headPercent }: TrueInstrument): HeadFlowModel {
  return { ...IDEAL_HEAD_FLOW, rollers, pulsationPercent, calibrationPercent: headPercent };
}

/** The balance of one bench, in its air. @param densityGPerMl of the liquid */
export function balanceModel(profile: BenchProfile, truth: TrueInstrument, densityGPerMl: number): BalanceModel {
  const { air } = profile;
  const airGPerMl = air === undefined ? 0 : airDensityGPerMl(truth.temperatureC, air.pressureHpa, air.humidityPercent);
  return {
    ...IDEAL_BALANCE,
    responseS: profile.responseS,
    sensitivityPercent: truth.sensitivityPercent,
    buoyancyShare: air === undefined ? 1 : buoyancyShare(densityGPerMl, airGPerMl),
    driftGPerH: truth.driftGPerH,
    repeatabilityG: profile.repeatabilityG,
    resolutionG: profile.resolutionG,
    capacityG: profile.capacityG,
    vesselG: profile.vesselG,
    stableWithinG: profile.stableWithinG,
  };
}
