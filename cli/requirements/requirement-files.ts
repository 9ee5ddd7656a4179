import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { checkoutRoot } from "../../toolchain/checkout";
import { hazardsSchema } from "./hazard-files";
import type { HazardBook } from "./hazard-files";

/** Where the requirements are written, and where the pages made from them lie. */
export const REQUIREMENTS_FOLDER = "docs/requirements";

const text = z.string().trim().min(1);
const number = z
  .string()
  .regex(/^[A-Z]{3}-[0-9]{3}$/, { error: "a number is three capitals and three digits, as BOL-004" });

const requirementSchema = z.strictObject({
  /** Never used again for anything else. */
  number,
  what: text,
  why: text,
  /** Ids of decisions and sources, and words between them; left out: this project's own. */
  source: text.optional(),
  /** Test files, each with a test that passes and has the number in its title. */
  test: z.array(text).min(1).optional(),
  /** Scenarios by their path below scenarios/, without its ending; each names the number. */
  scenario: z.array(text).min(1).optional(),
  /** As `test`: searches over every state that can be reached. */
  modelCheck: z.array(text).min(1).optional(),
  /** Files that a person has to read. */
  inspection: z.array(text).min(1).optional(),
});

/** One requirement: what, why, source, and what shows it, by kind of verification. */
export type Requirement = z.infer<typeof requirementSchema>;

const areaSchema = z.strictObject({
  /** Name of its page, without ending. */
  page: text,
  title: text,
  requirements: z.array(requirementSchema).min(1),
});

/** The requirements of one page. */
export type RequirementArea = z.infer<typeof areaSchema>;

const requirementsSchema = z.strictObject({
  /** Decisions of this project by their number. */
  decisions: z.record(z.string().regex(/^D[0-9]+$/), text),
  areas: z.array(areaSchema).min(1),
});

/** How an item of another body is answered: `later` is not there yet, `declined` will not be. */
export const ANSWERS = ["met", "mapped", "later", "declined"] as const;

const answerKeys = {
  answer: z.enum(ANSWERS),
  /** Requirements that meet it; needed for `met` and `mapped`. */
  by: z.array(number).min(1).optional(),
  /** Scenarios that show it, as in a requirement. */
  scenario: z.array(text).min(1).optional(),
  /** What is there instead, what is missing, or why it will not be. */
  how: text.optional(),
};

/** Both say what shows them, or why nothing does. */
function isAnswered(item: { answer: string; by?: unknown; scenario?: unknown; how?: unknown }): boolean {
  const isThere = item.answer === "met" || item.answer === "mapped";
  const isShown = item.by !== undefined || item.scenario !== undefined;
  return (isThere ? isShown : item.how !== undefined) && (item.answer !== "mapped" || item.how !== undefined);
}
const UNANSWERED = { error: "met and mapped need `by` or `scenario`, mapped, later and declined need `how`" };

const openPcaSchema = z.strictObject({
  items: z.array(z.strictObject({ id: text, asks: text, ...answerKeys }).refine(isAnswered, UNANSWERED)).min(1),
});

const therapySchema = z.strictObject({
  sources: z.record(text, text),
  sections: z
    .array(
      z.strictObject({
        title: text,
        rows: z.array(z.strictObject({ row: text, source: text, ...answerKeys }).refine(isAnswered, UNANSWERED)).min(1),
      }),
    )
    .min(1),
});

/** All requirements, and how two bodies of demands from outside are answered by them. */
export interface RequirementBook {
  readonly decisions: Readonly<Record<string, string>>;
  readonly areas: readonly RequirementArea[];
  /** The items of the Open PCA Pump Requirements that bind firmware. */
  readonly openPca: z.infer<typeof openPcaSchema>["items"];
  /** What real intrathecal pumps do, row by row, and the sources of that. */
  readonly therapy: z.infer<typeof therapySchema>;
  /** What has gone wrong elsewhere, and what is done against it here. */
  readonly hazardBook: HazardBook;
}

function read<T>(name: string, schema: z.ZodType<T>): T {
  const file = `${REQUIREMENTS_FOLDER}/${name}`;
  const result = schema.safeParse(parse(readFileSync(join(checkoutRoot(), file), "utf8")));
  if (result.success) return result.data;
  throw new Error(`${file}: ${z.prettifyError(result.error)}`);
}

/** The file of the hazards. */
export const HAZARDS_FILE = `${REQUIREMENTS_FOLDER}/hazards.yaml`;

/** Reads hazards.yaml. Throws an `Error` that says what is wrong where. */
export function readHazards(): HazardBook {
  return read("hazards.yaml", hazardsSchema);
}

/** Reads requirements.yaml, open-pca.yaml, therapy-rows.yaml and hazards.yaml. Throws an `Error` that says what is wrong where. */
export function readRequirements(): RequirementBook {
  return {
    ...read("requirements.yaml", requirementsSchema),
    openPca: read("open-pca.yaml", openPcaSchema).items,
    therapy: read("therapy-rows.yaml", therapySchema),
    hazardBook: readHazards(),
  };
}

/** The file of a scenario that a requirement names. */
export function scenarioFile(name: string): string {
  return `scenarios/${name}.yaml`;
}
