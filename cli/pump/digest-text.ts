import { BadUsage } from "../bad-usage";
import { shown } from "../../config/quantity";

/** A digest as people see it: 8 hexadecimal digits. */
export function digestText(digest: number): string {
  return digest.toString(16).padStart(8, "0");
}

/** Reads 8 hexadecimal digits. Throws `BadUsage`. */
export function readDigest(text: string): number {
  if (!/^[0-9a-f]{8}$/i.test(text))
    throw new BadUsage(
      `--digest ${shown(text)}: the digest that was shown when it was staged has 8 hexadecimal digits, as 9f3a12bc`,
    );
  return Number.parseInt(text, 16);
}
