import { hazardPage } from "./hazard-page";
import { madeFrom, table } from "./markdown-table";
import { ANSWERS, REQUIREMENTS_FOLDER, scenarioFile } from "./requirement-files";
import type { Requirement, RequirementArea, RequirementBook } from "./requirement-files";

function files(kind: string, names: readonly string[] = []): string[] {
  return names.length === 0 ? [] : [`${kind} ${names.map((name) => `\`${name}\``).join(", ")}`];
}

function scenarios(names: readonly string[] = []): string[] {
  return files("scenario", names.map(scenarioFile));
}

function shownBy({ test, scenario, modelCheck, inspection }: Requirement): string {
  const kinds = [
    files("test", test),
    scenarios(scenario),
    files("model check", modelCheck),
    files("inspection of", inspection),
  ];
  return kinds.flat().join("; ");
}

function areaPage({ title, requirements }: RequirementArea): string[] {
  const rows = requirements.map((one) => [one.number, one.what, one.why, one.source ?? "", shownBy(one)]);
  const heads = ["Number", "Requirement", "Why", "Source", "Shown by"];
  return [`# ${title}`, "", madeFrom("requirements.yaml"), "", ...table(heads, rows)];
}

type Answered = RequirementBook["openPca"][number] | RequirementBook["therapy"]["sections"][number]["rows"][number];

function answerCells({ answer, by = [], scenario, how }: Answered): string[] {
  const said = how === undefined ? [] : [how];
  const shown = [...by, ...scenarios(scenario)].join(", ");
  return [answer === "later" ? "not yet" : answer, [...said, ...(shown === "" ? [] : [shown])].join(" ")];
}

function counts(items: readonly Answered[]): string {
  const parts = ANSWERS.map((word) => {
    const count = items.filter(({ answer }) => answer === word).length;
    return `${count} ${word === "later" ? "not yet" : word}`;
  });
  return `${items.length} items: ${parts.join(", ")}.`;
}

function openPcaPage({ openPca }: RequirementBook): string[] {
  const rows = openPca.map((item) => [item.id, item.asks, ...answerCells(item)]);
  return [
    "# Open PCA items that bind firmware",
    "",
    madeFrom("open-pca.yaml"),
    "",
    "Source: Open PCA Pump Requirements 1.0.0, Kansas State University with FDA, 2020 (CC BY-SA 3.0), cited by number and said in our own words.",
    "*Met*: as it is asked for. *Mapped*: something else in its place, that does the same for an intrathecal pump. *Not yet*: a later part brings it.",
    "",
    counts(openPca),
    "",
    ...table(["Item", "Asks for", "Answer", "How"], rows),
  ];
}

function therapyPage({ therapy }: RequirementBook): string[] {
  const sections = therapy.sections.flatMap(({ title, rows }) => [
    "",
    `## ${title}`,
    "",
    ...table(
      ["Row", "Source", "Answer", "How"],
      rows.map((one) => [one.row, one.source, ...answerCells(one)]),
    ),
  ]);
  return [
    "# What real pumps do",
    "",
    madeFrom("therapy-rows.yaml"),
    "",
    "Modes, bolus parameters, alarms and refill checks of programmable intrathecal pumps and their like, and where each is here.",
    counts(therapy.sections.flatMap(({ rows }) => rows)),
    ...sections,
    "",
    "## Sources",
    "",
    ...Object.entries(therapy.sources).map(([id, what]) => `- ${id}: ${what}`),
  ];
}

function contentsPage({ areas, decisions }: RequirementBook): string[] {
  const count = areas.flatMap(({ requirements }) => requirements).length;
  return [
    "# Requirements",
    "",
    `What must hold, why, and what shows it: ${count} requirements in [requirements.yaml](requirements.yaml), from which these pages are made`,
    "(`npm run schemas`). A number never changes its meaning.",
    "",
    ...areas.map(({ page, title, requirements }) => {
      const prefixes = [...new Set(requirements.map(({ number }) => number.slice(0, 3)))];
      return `- [${title}](${page}.md): ${prefixes.join(", ")}`;
    }),
    "- [Open PCA items that bind firmware](open-pca.md), each met, mapped, not yet there or declined",
    "- [What real pumps do](therapy-rows.md), row by row",
    "- [Hazards](hazards.md): what has gone wrong elsewhere, what is done against it here, and the test that fails without it",
    "",
    "## What shows a requirement",
    "",
    "- **test**: a test that has the number in its title. **model check**: one that searches every state that can be reached.",
    "- **scenario**: a file that names the number; `tests/scenarios/library.test.ts` runs it.",
    "- **inspection**: a file that a person reads.",
    "",
    "`npm test` fails when a file is missing or does not name its number, when a file names a number that does not exist, and, at the end of a whole",
    "run, when a number was shown by no test that passed: a skipped test shows nothing.",
    "",
    "## Sources",
    "",
    "*Open PCA* is the Open PCA Pump Requirements 1.0.0 (Kansas State University with FDA, 2020); *S* numbers are the [sources](therapy-rows.md#sources) of",
    "what real pumps do. *D* marks a decision of this project where published requirements disagree or say nothing:",
    "",
    ...Object.entries(decisions).map(([id, what]) => `- **${id}** ${what.replace(/\s+/g, " ")}`),
  ];
}

/** Every page made from the requirements, by its path in the checkout. */
export function requirementPages(book: RequirementBook): ReadonlyMap<string, string> {
  const pages: [string, string[]][] = [
    ["README", contentsPage(book)],
    ["open-pca", openPcaPage(book)],
    ["therapy-rows", therapyPage(book)],
    ["hazards", hazardPage(book.hazardBook)],
    ...book.areas.map((area): [string, string[]] => [area.page, areaPage(area)]),
  ];
  return new Map(pages.map(([name, lines]) => [`${REQUIREMENTS_FOLDER}/${name}.md`, `${lines.join("\n")}\n`]));
}
