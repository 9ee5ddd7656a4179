import type { Manifest } from "../record/manifest";
import { countText, durationText, settingWithUnit } from "./figures";
import { html } from "./html";
import type { Content, Html } from "./html";
import type { ReportRun } from "./report-run";
import { factsInTwo } from "./table";
import type { Fact } from "./table";

/** How the run was set up, as its manifest says; what nobody told is said to be so. */
export function setUpBlock({ manifest, rawFile }: ReportRun): Html {
  if (manifest === undefined)
    return html`<p>
      ${rawFile} came without a manifest: who recorded it, with what and when is not known to this report.
    </p>`;
  const { pump, balance } = manifest;
  return factsInTwo([
    ["Technician", told(manifest.operator)],
    ["Pump", told(pump.model)],
    ["Serial number", told(pump.serial)],
    ["Firmware", told(pump.firmware)],
    ...reservoirOf(manifest),
    ["Infusion set", told(manifest.set)],
    ["Liquid", told(manifest.liquid)],
    ["Temperature", measured(manifest.temperatureC, "°C")],
    ["Air pressure", measured(manifest.pressureHpa, "hPa")],
    ["Humidity", measured(manifest.humidityPercent, "%")],
    ["Balance", told(balance.identity)],
    ["Connection", `${balance.protocol}, ${balance.address}`],
    ["Profile", told(balance.profile)],
    ["Clock", clockText(manifest)],
    ["Started", manifest.started ?? noWallTime(manifest)],
    ["Duration", manifest.durationMs === null ? html`${NOT_TOLD}` : durationText(manifest.durationMs / 60000)],
    ["Interval", settingWithUnit(manifest.intervalMs / 1000, "s")],
    ["Recording", progressText(manifest)],
    ...noteOf(manifest),
  ]);
}

/** Stands for what nobody told. */
const NOT_TOLD = html`<span class="untold">not told</span>`;

function told(text: string | null): Content {
  return text ?? NOT_TOLD;
}

function measured(value: number | null, unit: string): Content {
  return value === null ? NOT_TOLD : settingWithUnit(value, unit);
}

/** Which clock dated the readings. */
export function clockText({ clock, simulated }: Manifest): string {
  if (clock === "monotonic") return "monotonic: real time, at the last byte of each line";
  if (simulated === null) return "replay: the times of the file that was played again";
  return `virtual: simulated (time passed with each reading, seed ${simulated.seed})`;
}

function noWallTime({ clock, simulated }: Manifest): Content {
  if (clock !== "virtual") return NOT_TOLD;
  return simulated === null ? "on no day: the file's own times" : "on no day: simulated time";
}

/** On the simulated bench a run may be longer than the pump's own reservoir lasts. */
function reservoirOf({ simulated }: Manifest): readonly Fact[] {
  return simulated === null ? [] : [["Reservoir", "a simulated bottle of 100 mL, in the place of the pump's own"]];
}

function progressText({ complete, resumed }: Manifest): string {
  const times = resumed === 0 ? "" : `, taken up again ${resumed === 1 ? "once" : `${countText(resumed)} times`}`;
  return (complete ? "complete" : "not complete") + times;
}

function noteOf({ note }: Manifest): readonly Fact[] {
  return note === null ? [] : [["Note", note]];
}
