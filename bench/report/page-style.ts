import { INK } from "./chart";

/** Head and foot of each printed page of a run: the browser's print shows them where it knows margin boxes (Chromium, Edge). */
export interface PrintedPage {
  /** A CSS name: `run-a`. */
  readonly name: string;
  /** In the head, left and right. Hostile text is safe here. */
  readonly left: string;
  readonly right: string;
}

/** All rules of the page: on a screen a sheet of paper, in print A4. Nothing is fetched. */
export function pageStyle(pages: readonly PrintedPage[]): string {
  return `${RULES}${PRINT}${pages.map(printedPage).join("")}`;
}

function printedPage({ name, left, right }: PrintedPage): string {
  return `
@page ${name} {
  @top-left { content: ${cssString(left)}; font: 7.5pt ${FONT}; color: ${INK.grey}; }
  @top-right { content: ${cssString(right)}; font: 7.5pt ${FONT}; color: ${INK.grey}; }
}
.${name} { page: ${name}; }`;
}

/** A CSS string in which every character but letters, digits, spaces and a few signs is written by its number. */
function cssString(text: string): string {
  const inner = text.replace(
    /[^A-Za-z0-9 ._-]/gu,
    (character) => `\\${(character.codePointAt(0) ?? 0xfffd).toString(16)} `,
  );
  return `"${inner}"`;
}

const FONT = `"Liberation Sans", Arial, Helvetica, sans-serif`;

const RULES = `
* { box-sizing: border-box; }
html { background: #ececec; }
body { margin: 0 auto; padding: 14mm 15mm; max-width: 210mm; background: #fff; color: ${INK.black}; font: 9pt/1.35 ${FONT}; }
h1 { margin: 0; font-size: 19pt; font-weight: 600; letter-spacing: -0.01em; }
h2 { margin: 4.5mm 0 1.5mm; padding-bottom: 0.6mm; border-bottom: 0.4mm solid ${INK.accent}; font-size: 11pt; font-weight: 600; break-after: avoid; }
p { margin: 0 0 2mm; }
ul { margin: 0 0 2mm; padding-left: 5mm; }
.masthead { display: flex; justify-content: space-between; gap: 8mm; align-items: flex-start; border-bottom: 0.6mm solid ${INK.accent}; padding: 0 0.3mm 3mm 0; margin-bottom: 2.5mm; }
.masthead p { margin: 1mm 0 0; color: ${INK.grey}; overflow-wrap: anywhere; }
.verdict { flex: none; min-width: 42mm; padding: 2mm 4mm; border: 0.5mm solid ${INK.black}; text-align: center; }
.verdict strong { display: block; font-size: 13pt; line-height: 1.25; }
.verdict span { font-size: 8.5pt; }
.verdict.fail { background: ${INK.black}; color: #fff; }
.verdict.notJudgeable, .verdict.noLimit { border-style: dashed; }
.purpose { padding: 1.5mm 3mm; border-left: 1mm solid ${INK.light}; color: ${INK.black}; font-size: 8.5pt; }
.two { display: grid; grid-template-columns: 1fr 1fr; gap: 0 7mm; align-items: start; }
table { width: 100%; border-collapse: collapse; margin: 0 0 3mm; font-size: 8pt; font-variant-numeric: tabular-nums; break-inside: avoid; }
tr { break-inside: avoid; }
thead { display: table-header-group; }
caption { padding: 0 0 1mm; text-align: left; font-weight: 600; font-size: 9pt; break-after: avoid; }
th, td { padding: 0.5mm 2mm 0.5mm 0; text-align: left; vertical-align: top; border-bottom: 0.15mm solid ${INK.light}; overflow-wrap: anywhere; }
td.text:first-child { white-space: nowrap; }
.lead { break-after: avoid; }
thead th { overflow-wrap: normal; border-bottom: 0.3mm solid ${INK.black}; border-top: 0.3mm solid ${INK.black}; font-weight: 600; vertical-align: bottom; }
th.figure, td.figure { text-align: right; padding-right: 4mm; overflow-wrap: normal; }
td.figure { white-space: nowrap; }
.facts th { width: 37%; font-weight: 400; color: ${INK.grey}; }
.untold { color: ${INK.grey}; font-style: italic; }
.hash { font-family: "Liberation Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 8pt; overflow-wrap: anywhere; }
figure { margin: 0 0 2.5mm; break-inside: avoid; }
table + .note { margin-top: -2mm; }
figure svg { display: block; width: 100%; height: auto; }
figcaption, .note { font-size: 8pt; color: ${INK.grey}; }
.together { break-inside: avoid; }
.signatures { break-inside: avoid; margin-top: 6mm; }
.signatures .line { display: grid; grid-template-columns: 30mm 1fr 14mm 40mm; gap: 3mm; align-items: end; height: 13mm; }
.signatures .rule { border-bottom: 0.25mm solid ${INK.black}; }
.colophon { margin-top: 5mm; color: ${INK.grey}; font-size: 8pt; }
@media screen {
  body { margin: 8mm auto; box-shadow: 0 0 3mm rgba(0, 0, 0, 0.18); }
  .next-run { margin-top: 16mm; }
}
`;

const PRINT = `
@page {
  size: A4;
  margin: 17mm 15mm 15mm;
  @bottom-left { content: "For bench, teaching and research. Not about a pump that treats a person."; font: 7.5pt ${FONT}; color: ${INK.grey}; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 7.5pt ${FONT}; color: ${INK.grey}; }
}
@media print {
  html { background: none; }
  body { margin: 0; padding: 0; max-width: none; }
  .verdict.fail { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  .next-run { break-before: page; }
}
`;
