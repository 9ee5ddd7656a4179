import { createHash } from "node:crypto";
import type { LineHash } from "../line-hash";

/** A new SHA-256 over lines: the same as that of the file in which each line ends with a newline. */
export function newSha256(): LineHash {
  const hash = createHash("sha256");
  return {
    add: (line) => void hash.update(line).update("\n"),
    hex: () => hash.digest("hex"),
  };
}
