import { waterDensityGPerMl } from "../../sim/plant/water";
import type { FlowSettings } from "../analysis/flow-settings";
import type { BenchProfile } from "./bench-profile";

/**
 * How a run on a bench of this sheet is to be analysed: its corrections and all that it says of uncertainty. From the sheet alone, as a technician
 * knows it, never from what was drawn for one instrument.
 */
export function sheetSettings(
  profile: BenchProfile,
): Required<Pick<FlowSettings, "corrections" | "balanceNoise" | "uncertainty">> {
  const { temperatureC, air, title } = profile;
  return {
    corrections: {
      ...(air === undefined
        ? { densityGPerMl: 1 }
        : { waterTemperatureC: temperatureC, air: { temperatureC, ...air, source: title } }),
      evaporation: {
        gPerH: profile.evaporationGPerH,
        standardGPerH: profile.evaporationUncertaintyGPerH,
        source: title,
      },
    },
    balanceNoise: { readingG: profile.repeatabilityG, source: title },
    uncertainty: {
      driftGPerH: profile.driftGPerH,
      sensitivityPercent: profile.sensitivityPercent,
      densityPercent: densityPercent(profile),
      resolutionG: profile.resolutionG,
    },
  };
}

/** What the temperature's uncertainty does to the water's density, in %. */
function densityPercent({ temperatureC, temperatureUncertaintyK }: BenchProfile): number {
  const cold = waterDensityGPerMl(temperatureC - temperatureUncertaintyK);
  const warm = waterDensityGPerMl(temperatureC + temperatureUncertaintyK);
  return (100 * Math.abs(cold - warm)) / (cold + warm);
}
