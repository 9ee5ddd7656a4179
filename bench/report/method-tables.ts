import type { Correction, FlowAnalysis } from "../analysis/flow-analysis";
import { durationText, instantText, massText, twoDigits } from "./figures";
import { html } from "./html";
import type { Content, Html } from "./html";
import { figures, table, words } from "./table";

const CORRECTION_NAMES: Readonly<Record<Correction["name"], string>> = {
  evaporation: "Evaporation",
  buoyancy: "Buoyancy of air",
  waterDensity: "Density of water",
};

/** Every correction, on or off, with its numbers. */
export function correctionTable({ corrections }: FlowAnalysis): Html {
  const rows = corrections.map(({ name, on, text }) => [CORRECTION_NAMES[name], on ? "on" : "off", withoutOff(text)]);
  return table("Corrections", [words("Correction"), words("State"), words("With what")], rows);
}

/** The state has its own column. */
function withoutOff(text: string): string {
  return text === "off" ? "" : text.replace(/^off: /, "");
}

/** The uncertainty of the mean flow error, part by part. */
export function uncertaintyTable({ uncertainty, uncertaintyPercent }: FlowAnalysis): Html {
  if (uncertainty.length === 0 || !(uncertaintyPercent > 0))
    return html`<p>Nothing is known about the uncertainty of the mean flow error.</p>`;
  const variance = uncertainty.reduce((sum, { percent }) => sum + percent ** 2, 0);
  const rows: Content[][] = uncertainty.map(({ name, percent, source }) => [
    name,
    source,
    twoDigits(percent),
    twoDigits((100 * percent ** 2) / variance),
  ]);
  const expanded = html`<strong>${twoDigits(uncertaintyPercent)}</strong>`;
  rows.push(["combined", "root of the sum of squares", twoDigits(Math.sqrt(variance)), ""]);
  rows.push([html`<strong>U (k = 2)</strong>`, "about 95\u202F% of a normal distribution", expanded, ""]);
  const columns = [words("Part"), words("From"), figures("Uncertainty, %"), figures("Share of variance, %")];
  return table("Uncertainty budget of the mean flow error (standard uncertainties)", columns, rows);
}

/** Where samples are missing; nothing without gaps. */
export function gapTable({ gapList }: FlowAnalysis): Content {
  if (gapList.length === 0) return [];
  const rows = gapList.map(({ line, fromMinutes, minutes }) => [instantText(fromMinutes), durationText(minutes), line]);
  const caption = "Gaps: longer than 2.5 median intervals; nothing was interpolated";
  return table(caption, [figures("From"), figures("Length"), figures("First line after it")], rows);
}

/** How the result was worked out and what was odd about the file. */
export function methodText(analysis: FlowAnalysis): Html {
  const { convention, balanceNoiseG, noiseSource, notes } = analysis;
  return html`<p>${convention}</p>
    <p>
      Noise of one reading ${massText(balanceNoiseG)} (one standard deviation s; ${noiseSource}). Not in the budget:
      time base, needle forces, eccentricity of the balance. U is of the volume that came in this stretch, not of the
      pump's long-run mean: rollers and strokes at the ends of the stretch are not in it.
    </p>
    ${
      notes.length === 0
        ? html`<p>Nothing odd was found in the file.</p>`
        : html`<p class="lead">Notes on the file:</p>
            <ul>
              ${notes.map((note) => html`<li>${note}</li>`)}
            </ul>`
    }`;
}
