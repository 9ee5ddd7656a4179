/**
 * Cases of a long property, or days of a long therapy: a fortieth of them under mutation testing, which runs it again for each of many
 * hundreds of mutants.
 */
export function runs(all: number): number {
  return process.env["MINIM_MUTATE"] === undefined ? all : Math.ceil(all / 40);
}
