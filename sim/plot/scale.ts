/** What the end of a scale may be, times a power of ten: halves of these are still short numbers, for the label half way up. */
const STEPS: readonly number[] = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10];

/** The end of a scale: one of {@link STEPS} times a power of ten, the least that is not below `value`; 1 for nothing. */
export function scaleEnd(value: number): number {
  if (value <= 0) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  const step = STEPS.find((candidate) => candidate * power >= value * (1 - 1e-9)) ?? 10;
  return step * power;
}

/** A number of at most three digits that matter, without trailing zeros. */
export function threeDigits(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** A volume for the picture, in nL, µL or mL, with at most three digits that matter. @param nl volume in nL */
export function volumeText(nl: number): string {
  if (nl >= 1e6) return `${threeDigits(nl / 1e6)} mL`;
  return nl >= 1e3 || nl === 0 ? `${threeDigits(nl / 1e3)} µL` : `${threeDigits(nl)} nL`;
}
