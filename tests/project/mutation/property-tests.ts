import * as fc from "fast-check";
import { test as plain } from "vitest";

export { fc };

/**
 * Stands in for `@fast-check/vitest` under mutation testing, which starts the tests anew for every mutant: that package takes most of a second
 * to load. Tests are found again by their names, so no seed is in them: it is always the same one. A mutant that is found out is not looked
 * at any further.
 */
export const test = {
  prop<Values extends [unknown, ...unknown[]]>(
    arbitraries: { [K in keyof Values]: fc.Arbitrary<Values[K]> },
    parameters: fc.Parameters<Values> = {},
  ) {
    return (name: string, check: (...values: Values) => void): void => {
      plain(name, () => {
        fc.assert(fc.property(...arbitraries, check), { seed: 1, endOnFailure: true, ...parameters });
      });
    };
  },
};
