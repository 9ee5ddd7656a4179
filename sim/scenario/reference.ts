import { z } from "zod";
import { EXPECT_SCHEMAS } from "./expect-schema";
import { eventSchema, faultSchema } from "./event-schema";
import { behaviourSchema } from "./patient-schema";
import { plantSchema } from "./plant-schema";
import { scenarioSchema } from "./scenario-schema";
import {
  ALARM_WORDS,
  ANSWER_WORDS,
  DO_WORDS,
  EVENT_WORDS,
  EXPECT_WORDS,
  FAULT_WORDS,
  SIGNAL_WORDS,
  STATE_WORDS,
} from "./words";
import type { ExpectWord } from "./words";

interface DescribedKey {
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

interface DescribedMap {
  readonly description?: string;
  readonly properties?: Record<string, DescribedKey & DescribedMap>;
  readonly required?: readonly string[];
}

interface Word {
  readonly word: string;
  readonly tells: string;
  readonly own: string;
}

function describedMap(schema: z.ZodType): DescribedMap {
  return z.toJSONSchema(schema, { io: "input" }) as DescribedMap;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}

function keyTable({ properties = {}, required = [] }: DescribedMap): string[] {
  const keys = Object.entries(properties).filter(([key]) => !key.startsWith("$"));
  const rows = keys.map(([key, { description = "", examples = [] }]) => {
    const example = examples[0] === undefined ? "" : `\`${String(examples[0])}\``;
    return row([`\`${key}\``, required.includes(key) ? "needed" : "", description, example]);
  });
  return [row(["key", "", "what it says", "example"]), row(["---", "---", "---", "---"]), ...rows];
}

function wordTable(words: readonly Word[]): string[] {
  const rows = words.map(({ word, tells, own }) => row([`\`${word}\``, tells, own]));
  return [row(["word", "what it means", "its own keys"]), row(["---", "---", "---"]), ...rows];
}

/** Keys with what they say, in one cell. */
function ownKeys({ properties = {} }: DescribedMap, shared: readonly string[]): string {
  const own = Object.entries(properties).filter(([key]) => !shared.includes(key));
  return own.map(([key, { description = "" }]) => `\`${key}\`: ${description}`).join(" ");
}

/** The keys of a map and of the maps in it, `tube.compliance`, each a row: what belongs to a map stands behind it. */
function nestedKeys({ properties = {}, required }: DescribedMap, above = ""): DescribedMap {
  const keys = Object.entries(properties).flatMap(([key, one]) => {
    const own = [[above + key, one]] as [string, DescribedKey & DescribedMap][];
    return own.concat(Object.entries(nestedKeys(one, `${above}${key}.`).properties ?? {}));
  });
  const needed = Object.entries(properties).flatMap(([key, one]) => {
    return (one.required ?? []).map((inner) => `${above}${key}.${inner}`);
  });
  return { properties: Object.fromEntries(keys), required: [...(required ?? []), ...needed] };
}

function codeList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

/** The scenario language in Markdown tables, made from the schemas that judge it, so that the two cannot differ. */
export function scenarioReference(): string {
  const start = eventSchema.options.find((event) => event.shape.do.value === "start");
  const shared = start === undefined ? {} : describedMap(start);
  const sharedKeys = Object.keys(shared.properties ?? {});
  const doWords = eventSchema.options.map((event): Word => {
    const word = event.shape.do.value;
    return { word, tells: DO_WORDS[word].tells, own: ownKeys(describedMap(event), sharedKeys) };
  });
  const faultWords = faultSchema.options.map((fault): Word => {
    const word = fault.shape.fault.value;
    return { word, tells: FAULT_WORDS[word].tells, own: ownKeys(describedMap(fault), [...sharedKeys, "fault"]) };
  });
  const expectWords = Object.entries(EXPECT_SCHEMAS).map(([word, schema]): Word => ({
    word,
    tells: EXPECT_WORDS[word as ExpectWord],
    own: ownKeys(describedMap(schema), [word]),
  }));
  return [
    "### Keys of a scenario",
    ...["", ...keyTable(describedMap(scenarioSchema)), ""],
    "### Keys of `plant`",
    ...["", ...keyTable(nestedKeys(describedMap(plantSchema))), ""],
    "### Keys of a `patient`'s behaviour",
    ...behaviourSchema.options.flatMap((behaviour) => {
      const word = behaviour.shape.presses.value;
      const described = describedMap(behaviour);
      return ["", `\`presses: ${word}\`. ${described.description ?? ""}`, "", ...keyTable(described)];
    }),
    "",
    "### Keys of an event",
    ...["", ...keyTable(shared), ""],
    "### What an event can do (`do:`)",
    ...["", ...wordTable(doWords), ""],
    "### What can go wrong (`fault:` instead of `do:`)",
    ...["", ...wordTable(faultWords), ""],
    "### What can be expected (`expect:`)",
    ...["", ...wordTable(expectWords), ""],
    `Answers (\`is:\`): ${codeList(ANSWER_WORDS)}.`,
    ...["", `Alarms: ${codeList(ALARM_WORDS)}.`],
    ...["", `Events (\`occurs:\`, \`never:\`): ${codeList(EVENT_WORDS)}.`],
    ...["", `Signals: ${codeList(SIGNAL_WORDS)}.`],
    ...["", `States: ${codeList(STATE_WORDS)}.`, ""],
  ].join("\n");
}

/** The page `docs/scenario-reference.md`, whole. */
export function scenarioReferencePage(): string {
  const made =
    "Made by `npm run schemas` from the code that reads the files; [how to write scenarios](scenarios.md) explains them.";
  return `# Words of the scenario language\n\n${made}\n\n${scenarioReference().trimEnd()}\n`;
}
