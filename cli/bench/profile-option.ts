import { InvalidArgumentError } from "commander";
import { BENCH_PROFILE_NAMES } from "../../bench/simulated/bench-profile";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import { didYouMean } from "../../config/nearest-word";

/** The name of a simulated balance's data sheet. Throws commander's `InvalidArgumentError`. */
export function profileName(text: string): BenchProfileName {
  const name = BENCH_PROFILE_NAMES.find((known) => known === text);
  if (name !== undefined) return name;
  throw new InvalidArgumentError(
    `The profiles are ${BENCH_PROFILE_NAMES.join(", ")}${didYouMean(text, BENCH_PROFILE_NAMES)}`,
  );
}
