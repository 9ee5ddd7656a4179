import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { checkoutRoot } from "../../toolchain/checkout";

const text = z.string().trim().min(1);
const number = z.string().regex(/^[A-Z]{3}-[0-9]{3}$/, { error: "a requirement's number is wanted, as BOL-004" });

/** A test that goes red: its file, and words of its full title; without them any test of the file. */
const redTestSchema = z.strictObject({ file: text, title: text.optional() });

const removalSchema = z.strictObject({
  /** The source that holds the mitigation. */
  file: text,
  /** A text that stands exactly once in the file. */
  find: z.string().min(1),
  /** What takes its place: the code as it would be without the mitigation. May be empty. */
  replace: z.string(),
  /** Each of them fails once the mitigation is gone. */
  red: z.array(redTestSchema).min(1),
});

const mitigationSchema = z.strictObject({
  what: text,
  /** Requirements that it belongs to. */
  by: z.array(number).min(1),
  removal: removalSchema,
});

const hazardSchema = z
  .strictObject({
    id: z.string().regex(/^(H[1-9][0-9]?|[A-F])$/),
    /** What happened, elsewhere or on this platform. */
    happened: text,
    source: text,
    mitigations: z.array(mitigationSchema).min(1).optional(),
    /** What is met by other means than code, or not by this project, and why. */
    outside: text.optional(),
    /** What is missing. */
    todo: text.optional(),
  })
  .refine(
    ({ mitigations, outside, todo }) => mitigations !== undefined || outside !== undefined || todo !== undefined,
    { error: "a hazard needs `mitigations`, `outside` or `todo`" },
  );

/** The schema of hazards.yaml. */
export const hazardsSchema = z.strictObject({
  /** What is cited here and not among the sources of what real pumps do. */
  sources: z.record(text, text),
  hazards: z.array(hazardSchema).min(1),
});

/** How a mitigation is taken out of a copy of the sources, and which tests fail then. */
export type Removal = z.infer<typeof removalSchema>;

/** One thing that is done against a hazard. */
export type Mitigation = z.infer<typeof mitigationSchema>;

/** One hazard: what happened, what is done against it here, and what is not. */
export type Hazard = z.infer<typeof hazardSchema>;

/** All hazards, and the sources that only they cite. */
export type HazardBook = z.infer<typeof hazardsSchema>;

/** A removal, the mitigation that it takes away, and the ids of all hazards that rest on it. */
export interface HazardRemoval {
  readonly what: string;
  readonly removal: Removal;
  readonly hazards: readonly string[];
}

/** Each removal once, in the order of the table; one that serves several hazards names them all. */
export function removalsOf(hazards: readonly Hazard[]): HazardRemoval[] {
  const found = new Map<string, HazardRemoval & { hazards: string[] }>();
  for (const { id, mitigations = [] } of hazards) {
    for (const { what, removal } of mitigations) {
      const key = JSON.stringify([removal.file, removal.find, removal.replace]);
      const known = found.get(key);
      if (known === undefined) found.set(key, { what, removal, hazards: [id] });
      else known.hazards.push(id);
    }
  }
  return [...found.values()];
}

/** How often the text that a removal looks for stands in its file below `root`; -1: there is no such file. */
export function timesFound({ file, find }: Removal, root = checkoutRoot()): number {
  try {
    return readFileSync(join(root, file), "utf8").split(find).length - 1;
  } catch {
    return -1;
  }
}
