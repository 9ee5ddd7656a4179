import { readFileSync } from "node:fs";
import { join } from "node:path";
import { table } from "../requirements/markdown-table";
import { readWirings, type Wiring } from "./wiring";
import { wiringDrawing } from "./wiring-drawing";

const BEGIN = "<!-- The wiring is made by `npm run schemas` from the board file. -->";
const END = "<!-- End of the wiring. -->";

/** The drawing of every board and its page with the wiring made anew: path relative to the root, and text. */
export function boardDocuments(root: string): [file: string, text: string][] {
  return readWirings(root).flatMap((wiring): [string, string][] => {
    const page = `docs/boards/${wiring.board}.md`;
    return [
      [`docs/boards/${wiring.board}.svg`, wiringDrawing(wiring)],
      [page, withWiring(readFileSync(join(root, page), "utf8"), wiring)],
    ];
  });
}

/** The page of a board with its wiring in place of the one that it has. Throws when the page has no place for it. */
function withWiring(page: string, wiring: Wiring): string {
  const [before, rest] = page.split(BEGIN);
  const after = rest?.split(END)[1];
  if (before === undefined || after === undefined)
    throw new Error(`the page of ${wiring.board} has no lines "${BEGIN}" and "${END}"`);
  return `${before}${BEGIN}\n\n${wiringLines(wiring).join("\n")}\n\n${END}${after}`;
}

function wiringLines({ board, layout, wires, missing }: Wiring): string[] {
  const rows = wires.map(({ signal, gpio, printed, needs, remark }) => [
    `**${signal.label}**${signal.isAlwaysUsed ? "" : " *"}`,
    printed.endsWith(String(gpio)) ? printed : `${printed} (${gpio})`,
    signal.direction,
    signal.atBoot,
    signal.goesTo,
    remark === "" ? needs : `${needs}. **${remark}**`,
  ]);
  const lines = [
    `![Wiring of the ${layout.product}](${board}.svg)`,
    "",
    ...table(["Signal", "Pin", "Direction", "At boot", "Goes to", "Needs"], rows),
    "",
    "\\* only when the pump file declares the part; else leave the pin open.",
  ];
  if (missing.length > 0) {
    const names = missing.map(({ label, goesTo }) => `${label} (${goesTo})`).join(", ");
    lines.push("", `No pin is left for ${names}: a pump file that declares it for this board is refused.`);
  }
  return lines;
}
