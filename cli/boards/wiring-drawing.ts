import type { EdgePin } from "./board-layouts";
import type { Wire, Wiring } from "./wiring";

const PITCH = 30;
const TOP = 96;
const BOARD_LEFT = 450;
const BOARD_WIDTH = 200;
const WIDTH = 1100;
const LEAD = 46;

/** A board seen from above with its lines, as an SVG that is readable in black and white and loads nothing. */
export function wiringDrawing(wiring: Wiring): string {
  const { layout } = wiring;
  const rows = Math.max(layout.left.length, layout.right.length);
  const bottom = TOP + rows * PITCH;
  const height = bottom + 110;
  const title = `Wiring of ${wiring.board}: ${layout.product}, seen from above`;
  const usbY = layout.usb === "top" ? TOP - 34 : bottom + 4;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" font-family="sans-serif" font-size="14" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#fff"/>`,
    `<text x="${WIDTH / 2}" y="34" text-anchor="middle" font-size="19" font-weight="bold">${escaped(title)}</text>`,
    `<rect x="${BOARD_LEFT}" y="${TOP - 20}" width="${BOARD_WIDTH}" height="${rows * PITCH + 30}" rx="8" fill="#f2f2f2" stroke="#000" stroke-width="2"/>`,
    `<rect x="${WIDTH / 2 - 28}" y="${usbY}" width="56" height="22" rx="4" fill="#fff" stroke="#000" stroke-width="2"/>`,
    `<text x="${WIDTH / 2}" y="${usbY + 16}" text-anchor="middle" font-size="12">USB</text>`,
    ...layout.left.map((pin, index) => pinDrawing(pin, index, "left", wiring)),
    ...layout.right.map((pin, index) => pinDrawing(pin, index, "right", wiring)),
    ...footLines(wiring).map(
      (line, index) =>
        `<text x="${WIDTH / 2}" y="${bottom + 50 + 22 * index}" text-anchor="middle">${escaped(line)}</text>`,
    ),
    "</svg>",
    "",
  ].join("\n");
}

function pinDrawing(pin: EdgePin, index: number, side: "left" | "right", wiring: Wiring): string {
  const [printed, gpio] = pin;
  const out = side === "left" ? -1 : 1;
  const x = side === "left" ? BOARD_LEFT : BOARD_LEFT + BOARD_WIDTH;
  const y = TOP + index * PITCH;
  const wire = gpio === undefined ? undefined : wiring.wires.find((candidate) => candidate.gpio === gpio);
  const words = wire === undefined ? wiring.layout.supplies[printed] : wireWords(wire);
  const text = (at: number, anchor: string, content: string): string =>
    `<text x="${at}" y="${y + 5}" text-anchor="${anchor}">${content}</text>`;
  const drawn = [
    `<circle cx="${x}" cy="${y}" r="6" fill="${wire === undefined ? "#fff" : "#000"}" stroke="#000" stroke-width="1.5"/>`,
    text(x - out * 14, out < 0 ? "start" : "end", escaped(printed)),
  ];
  if (words !== undefined) {
    drawn.push(
      `<path d="M${x + out * 6} ${y}h${out * LEAD}" stroke="#000" stroke-width="${wire === undefined ? 1 : 2}"/>`,
      text(x + out * (LEAD + 14), out < 0 ? "end" : "start", words),
    );
  }
  return drawn.join("");
}

function wireWords({ signal: { label, goesTo, isAlwaysUsed } }: Wire): string {
  return `<tspan font-weight="bold">${label}</tspan>${isAlwaysUsed ? "" : "*"} ${escaped(goesTo)}`;
}

function footLines({ layout, wires, missing }: Wiring): string[] {
  const lines = ["* only when the pump file declares the part"];
  for (const [printed, gpio] of layout.onBoard) {
    const wire = wires.find((candidate) => candidate.gpio === gpio);
    if (wire !== undefined) lines.push(`${wire.signal.label} is on the board itself (${printed}, pin ${wire.gpio})`);
  }
  if (missing.length > 0) lines.push(`no pin is left for: ${missing.map(({ label }) => label).join(", ")}`);
  return lines;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}
