import { removalsOf } from "./hazard-files";
import type { Hazard, HazardBook, Mitigation } from "./hazard-files";
import { madeFrom, table } from "./markdown-table";

/** The tests that go red without `mitigation`; a file is named once. */
function redFiles({ removal }: Mitigation): string {
  return [...new Set(removal.red.map(({ file }) => `\`${file}\``))].join(", ");
}

/** The rows of one hazard: one for each mitigation, then what no code here does about it. */
function rowsOf({ id, happened, source, mitigations = [], outside, todo }: Hazard): string[][] {
  const rows = mitigations.map((one) => [`${one.what} ${one.by.join(", ")}`, `\`${one.removal.file}\``, redFiles(one)]);
  if (outside !== undefined) rows.push([`*Outside the firmware:* ${outside}`, "", ""]);
  if (todo !== undefined) rows.push([`*Not yet:* ${todo}`, "", ""]);
  return rows.map((cells, index) => (index === 0 ? [id, `${happened} (${source})`, ...cells] : ["", "", ...cells]));
}

/** The page of hazards. */
export function hazardPage({ hazards, sources }: HazardBook): string[] {
  const missing = hazards.filter(({ todo }) => todo !== undefined).map(({ id }) => id);
  const removals = removalsOf(hazards).length;
  return [
    "# Hazards",
    "",
    madeFrom("hazards.yaml"),
    "",
    "What has gone wrong with real pumps and with programs that dose (H), and what the platform does that can hurt a pump (letters); what is done",
    "against each here; and the test that fails without it.",
    "",
    `\`npm run hazards\` shows that it does: it takes each of the ${removals} mitigations in turn out of a temporary copy of the checkout and runs the named`,
    "tests there, which pass before and have to fail then. `npm run hazards -- H7 H20` does it for some. Nothing in the firmware itself can switch a mitigation",
    "off.",
    "",
    missing.length === 0
      ? `${hazards.length} hazards, none without an answer.`
      : `${hazards.length} hazards. Something is missing against ${missing.join(", ")}.`,
    "",
    ...table(["Hazard", "What happened", "Against it", "Taken out of", "Then red"], hazards.flatMap(rowsOf)),
    "",
    "## Sources",
    "",
    "*S* numbers that are not here are among the [sources](therapy-rows.md#sources) of what real pumps do.",
    "",
    ...Object.entries(sources).map(([id, what]) => `- ${id}: ${what}`),
  ];
}
