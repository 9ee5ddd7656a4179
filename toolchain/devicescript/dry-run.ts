/** Inputs that the dry run tells, in the order of its lines; the button has to be the first. */
const INPUTS = [
  { label: "BUTTON", isAnalog: false },
  { label: "ROLLER", isAnalog: false },
  { label: "AIR", isAnalog: false },
  { label: "OCCLUSION", isAnalog: true },
  { label: "BATTERY", isAnalog: true },
] as const;

/** What the text of the dry run needs to know of a board file. */
export interface BoardPins {
  readonly pins: Readonly<Record<string, unknown>>;
}

/**
 * The text of a board's dry run, the program that moves nothing and shows every input (`boards/dry-run.ts`), with the pins that this
 * board has, by their labels.
 */
export function dryRunEntry(board: string, { pins }: BoardPins): string {
  const driven = (label: string): string => (label in pins ? `pins.${label} as unknown as DrivenPin` : "null");
  const outputs = ["EN", "STEP", "DIR", "HEARTBEAT", "BUZZER", "LED", "KICK"].map((label) => `  ${driven(label)},`);
  const inputs = INPUTS.filter(({ label }) => label in pins).map(
    ({ label, isAnalog }) =>
      `dryRun.watch("${label.toLowerCase()}", pins.${label} as unknown as SensedPin, ${String(isAnalog)});`,
  );
  return [
    `import { pins } from "@dsboard/${board}";`,
    'import type { DrivenPin, SensedPin } from "./driven-pin";',
    'import { BusProbe, DryRun } from "./dry-run";',
    "const dryRun = new DryRun(",
    ...outputs,
    "  new BusProbe(),",
    ");",
    ...inputs,
    "await dryRun.run();",
    "",
  ].join("\n");
}
