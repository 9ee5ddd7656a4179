import Papa from "papaparse";
import { BadInput, inOneLine } from "../../config/bad-input";
import type { DocumentNode } from "../../config/document";
import { readDocument } from "../../config/read-document";
import type { CalibrationRun } from "./calibration-run";
import { runColumn } from "./run-columns";
import type { RunColumn } from "./run-columns";
import { countedRecording, RUN_KEYS, runOf, unknownKey } from "./written-run";
import type { CountedRecording, RunKey, RunScale, WrittenRun } from "./written-run";

/**
 * The runs of a table: CSV with a header, or YAML (JSON) with a list under `runs`. Throws `BadInput` with the line for the first thing that is wrong, also
 * for a table without a run and for a key in two columns.
 */
export function readRunTable(text: string, file: string, scale: RunScale): (CalibrationRun | CountedRecording)[] {
  if (text.trim() === "") throw new BadInput(file, 0, "the file is empty; a table of runs is wanted");
  const written = /\.(?:ya?ml|json)$/i.test(file) ? yamlRuns(text, file) : csvRuns(text, file);
  if (written.length === 0) throw new BadInput(file, 0, "the table holds no run");
  return written.map((run) => countedRecording(run, scale) ?? runOf(run, scale));
}

function yamlRuns(text: string, file: string): WrittenRun[] {
  const document = readDocument(text, file);
  const list = document.nodeAt(["runs"]);
  if (list === undefined || !Array.isArray(list.value))
    throw document.refuse(
      ["runs"],
      "a list of runs is wanted, each as { rate: 24 mL/day, revolutions: 400, mass: 23.9 g }",
    );
  return [...(list.children?.values() ?? [])].map((node, i) => ({
    file,
    line: node.place.line,
    place: i + 1,
    texts: textsOf(node),
  }));
}

function textsOf(node: DocumentNode): Map<RunKey, string> {
  const { file, line } = node.place;
  if (node.children === undefined || Array.isArray(node.value))
    throw new BadInput(file, line, "a run is wanted, as { rate: 24 mL/day, revolutions: 400, mass: 23.9 g }");
  const texts = new Map<RunKey, string>();
  for (const [name, { value, place }] of node.children) {
    const key = RUN_KEYS.find((known) => known === name);
    if (key === undefined) throw unknownKey(file, place.line, String(name));
    if (typeof value !== "string" && typeof value !== "number")
      throw new BadInput(file, place.line, `${key}: one value is wanted`);
    texts.set(key, String(value));
  }
  return texts;
}

function csvRuns(text: string, file: string): WrittenRun[] {
  const content = text.startsWith("\uFEFF") ? text.slice(1) : text;
  const { data, meta } = Papa.parse<string[]>(content, { delimitersToGuess: [",", ";", "\t"] });
  let nextLine = 1;
  const rows = data
    .map((cells) => {
      const line = nextLine;
      // A line break in quotes is part of its cell.
      nextLine += 1 + cells.reduce((sum, cell) => sum + (cell.match(/\r\n?|\n/g)?.length ?? 0), 0);
      return { cells: cells.map((cell) => cell.trim()), line };
    })
    .filter(({ cells }) => cells.some((cell) => cell !== "") && cells[0]?.startsWith("#") !== true);
  const [header, ...runs] = rows;
  if (header === undefined) throw new BadInput(file, 0, "the file is empty; a table of runs is wanted");
  const columns = header.cells.map((name) => columnOf(name, file, header.line));
  refuseTwice(columns, header.cells, file, header.line);
  return runs.map(({ cells, line }, i) => {
    if (cells.length > columns.length)
      throw new BadInput(
        file,
        line,
        `${cells.length} values for ${columns.length} columns; decimals are written with a point where commas part the columns`,
      );
    return { file, line, place: i + 1, texts: cellTexts(columns, cells, meta.delimiter) };
  });
}

function refuseTwice(columns: readonly RunColumn[], names: readonly string[], file: string, line: number): void {
  columns.forEach(({ key }, i) => {
    const first = columns.findIndex((other) => other.key === key);
    if (first < i)
      throw new BadInput(
        file,
        line,
        `columns ${inOneLine(names[first] ?? "", 40)} and ${inOneLine(names[i] ?? "", 40)} are both the ${key} of a run; one of them is wanted`,
      );
  });
}

function columnOf(name: string, file: string, line: number): RunColumn {
  const column = runColumn(name);
  if (column === undefined) throw unknownKey(file, line, `column ${inOneLine(name, 40)}`);
  return column;
}

function cellTexts(columns: readonly RunColumn[], cells: readonly string[], delimiter: string): Map<RunKey, string> {
  const texts = new Map<RunKey, string>();
  columns.forEach(({ key, unit }, i) => {
    const cell = cells[i] ?? "";
    if (cell === "") return;
    const point =
      key === "run" || key === "recording" || delimiter === "," ? cell : cell.replace(/^([0-9]+),([0-9]+)/, "$1.$2");
    texts.set(key, unit !== "" && key !== "recording" && /[0-9]$/.test(point) ? `${point} ${unit}` : point);
  });
  return texts;
}
