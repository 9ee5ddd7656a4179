import { InvalidArgumentError } from "commander";

/** A seed: a whole number from 0 to 2147483647. Throws commander's `InvalidArgumentError`. */
export function seedNumber(text: string): number {
  const value = Number(text);
  if (/^[0-9]+$/.test(text) && value < 2 ** 31) return value;
  throw new InvalidArgumentError("A whole number from 0 to 2147483647 is wanted.");
}
