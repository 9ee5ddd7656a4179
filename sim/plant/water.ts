/** Density that balances and their weights are adjusted to, in kg/m³ (OIML D 28: conventional mass). */
const WEIGHTS_KG_PER_M3 = 8000;

/**
 * Density of air-free water in g/mL, 0 to 40 °C:
 *
 *     rho = a5 (1 - (t + a1)² (t + a2) / (a3 (t + a4)))
 *
 * Source: Tanaka and others, Metrologia 38 (2001) 301, as ISO 23783-2 takes it over. It agrees with tables to 1 part in a million.
 */
export function waterDensityGPerMl(temperatureC: number): number {
  const t = temperatureC;
  return 0.99997495 * (1 - ((t - 3.983035) ** 2 * (t + 301.797)) / (522528.9 * (t + 69.34881)));
}

/**
 * Density of air in g/mL: `(0.34848 p - 0.009 h exp(0.061 t)) / (273.15 + t)` kg/m³ with p in hPa, h in % and t in °C. Source: the simplified
 * CIPM formula (OIML R 111-1, E.3); 900 to 1100 hPa, 10 to 30 °C, humidity under 80 %, to 2 parts in 10,000.
 */
export function airDensityGPerMl(temperatureC: number, pressureHpa: number, humidityPercent: number): number {
  const kgPerM3 =
    (0.34848 * pressureHpa - 0.009 * humidityPercent * Math.exp(0.061 * temperatureC)) / (273.15 + temperatureC);
  return kgPerM3 / 1000;
}

/**
 * What a balance shows for each gram of a liquid, by the lift of the air on liquid and weights: `(1 - a / rho) / (1 - a / 8)`. For water in air
 * at 20 °C about 0.99895. Densities in g/mL, `liquid` above that of the air.
 */
export function buoyancyShare(liquidGPerMl: number, airGPerMl: number): number {
  return (1 - airGPerMl / liquidGPerMl) / (1 - airGPerMl / (WEIGHTS_KG_PER_M3 / 1000));
}
