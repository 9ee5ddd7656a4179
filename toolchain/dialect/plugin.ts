import type { ESLint } from "eslint";
import { documentedExports } from "./documented-exports";
import { knownMethods } from "./known-methods";
import { noEnumReverseLookup } from "./no-enum-reverse-lookup";
import { noGetters } from "./no-getters";
import { noLoopClosures } from "./no-loop-closures";
import { noNumberTruthiness } from "./no-number-truthiness";
import { noRemainder } from "./no-remainder";
import { noStringOrdering } from "./no-string-ordering";
import { noThisInArrow } from "./no-this-in-arrow";
import { twoArgumentMinMax } from "./two-argument-min-max";

export { DEVICE_GLOBALS, DEVICE_SYNTAX, CORE_SYNTAX } from "./bans";

/** ESLint plugin with the rules of the device dialect that no ready-made rule covers. */
export const dialect: ESLint.Plugin = {
  meta: { name: "dialect" },
  rules: {
    "documented-exports": documentedExports,
    "known-methods": knownMethods,
    "no-enum-reverse-lookup": noEnumReverseLookup,
    "no-getters": noGetters,
    "no-loop-closures": noLoopClosures,
    "no-number-truthiness": noNumberTruthiness,
    "no-remainder": noRemainder,
    "no-string-ordering": noStringOrdering,
    "no-this-in-arrow": noThisInArrow,
    "two-argument-min-max": twoArgumentMinMax,
  },
};
