import { html } from "./html";
import type { Content, Html } from "./html";

/** A column of a table. */
export interface Column {
  readonly head: Content;
  /** Figures stand right, text left. */
  readonly kind: "figure" | "text";
}

/** A column of figures. */
export function figures(head: Content): Column {
  return { head, kind: "figure" };
}

/** A column of text. */
export function words(head: Content): Column {
  return { head, kind: "text" };
}

/** A table with a heading for each column, and a caption above. Each row has a cell for each column. */
export function table(caption: Content, columns: readonly Column[], rows: readonly (readonly Content[])[]): Html {
  const cell = (content: Content, index: number): Html =>
    html`<td class="${columns[index]?.kind ?? "text"}">${content}</td>`;
  return html`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${columns.map(({ head, kind }) => html`<th scope="col" class="${kind}">${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          html`<tr>
            ${row.map(cell)}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** One thing that is known, with its name. */
export type Fact = readonly [name: string, value: Content];

/** Facts below each other, names left. */
export function factTable(facts: readonly Fact[]): Html {
  return html`<table class="facts">
    <tbody>
      ${facts.map(
        ([name, value]) =>
          html`<tr>
            <th scope="row">${name}</th>
            <td>${value}</td>
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** Facts in two columns of the page, first down the left one, then down the right one. */
export function factsInTwo(facts: readonly Fact[]): Html {
  const half = Math.ceil(facts.length / 2);
  return html`<div class="two">${factTable(facts.slice(0, half))}${factTable(facts.slice(half))}</div>`;
}
