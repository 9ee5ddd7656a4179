import { z } from "zod";
import { EXPECT_SCHEMAS } from "./expect-schema";
import { eventSchema } from "./event-schema";
import { scenarioSchema } from "./scenario-schema";
import { ALARM_WORDS, ANSWER_WORDS, DO_WORDS, EVENT_WORDS, EXPECT_WORDS, STATE_WORDS } from "./words";

interface DescribedKey {
  readonly description?: string;
  readonly examples?: readonly unknown[];
}

interface DescribedMap {
  readonly properties?: Record<string, DescribedKey>;
  readonly required?: readonly string[];
}

function describedMap(schema: z.ZodType): DescribedMap {
  return z.toJSONSchema(schema, { io: "input" }) as DescribedMap;
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, "\\|")).join(" | ")} |`;
}

function keyTable({ properties = {}, required = [] }: DescribedMap, without: readonly string[] = []): string[] {
  const keys = Object.entries(properties).filter(([key]) => !key.startsWith("$") && !without.includes(key));
  const rows = keys.map(([key, { description = "", examples = [] }]) => {
    const example = examples[0] === undefined ? "" : `\`${String(examples[0])}\``;
    return row([`\`${key}\``, required.includes(key) ? "needed" : "", description, example]);
  });
  return [row(["key", "", "what it says", "example"]), row(["---", "---", "---", "---"]), ...rows];
}

function wordTable(words: readonly (readonly [word: string, tells: string, keys: readonly string[]])[]): string[] {
  const rows = words.map(([word, tells, keys]) => row([`\`${word}\``, tells, keys.map((key) => `\`${key}\``).join(", ")]));
  return [row(["word", "what it means", "its own keys"]), row(["---", "---", "---"]), ...rows];
}

function codeList(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(", ");
}

/** The scenario language in Markdown tables, made from the schemas that judge it, so that the two cannot differ. */
export function scenarioReference(): string {
  const events = eventSchema.options.map(describedMap);
  const shared = ["at", "every", "until", "do"];
  const doWords = Object.entries(DO_WORDS).map(([word, { tells }], index) => {
    const own = Object.keys(events[index]?.properties ?? {}).filter((key) => !shared.includes(key) && key !== "$schema");
    return [word, tells, own] as const;
  });
  const expectWords = Object.entries(EXPECT_WORDS).map(([word, tells]) => {
    const keys = Object.keys(describedMap(EXPECT_SCHEMAS[word as keyof typeof EXPECT_SCHEMAS]).properties ?? {});
    return [word, tells, keys.filter((key) => key !== word)] as const;
  });
  return [
    "### Keys of a scenario",
    ...["", ...keyTable(describedMap(scenarioSchema)), ""],
    "### Keys of an event",
    ...["", ...keyTable(events[2] ?? {}, ["do"]), ""],
    "### What an event can do (`do:`)",
    ...["", ...wordTable(doWords), ""],
    "### What can be expected (`expect:`)",
    ...["", ...wordTable(expectWords), ""],
    `Answers (\`is:\`): ${codeList(ANSWER_WORDS)}.`,
    ...["", `Alarms: ${codeList(ALARM_WORDS)}.`],
    ...["", `Events (\`occurs:\`, \`never:\`): ${codeList(EVENT_WORDS)}.`],
    ...["", `States: ${codeList(STATE_WORDS)}.`, ""],
  ].join("\n");
}
