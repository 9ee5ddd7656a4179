import { formatDuration } from "../../config/quantities";
import type { Moment } from "../scenario/moment";
import type { PlannedInput } from "../scenario/scenario";
import type { RunRecord } from "./run-record";

/** The time of a moment once the run is over, in ms; or why it was never reached. */
export type Resolved = { readonly atMs: number } | { readonly never: string };

/** When a moment was. */
export function resolveMoment(record: RunRecord, moment: Moment): Resolved {
  const baseMs = moment.from === undefined ? 0 : record.book.of(moment.from.name)?.times[moment.from.time];
  if (baseMs === undefined) return { never: whyNoMark(record, moment) };
  const atMs = baseMs + moment.offsetMs;
  const { durationMs } = record.scenario;
  if (atMs > durationMs)
    return {
      never: `${moment.text} is ${formatDuration(atMs)}, after the end of the run (${formatDuration(durationMs)})`,
    };
  if (atMs < 0) return { never: `${moment.text} lies before the start` };
  return { atMs };
}

function whyNoMark(record: RunRecord, moment: Moment): string {
  const name = moment.from?.name ?? "";
  const request = record.book.of(name);
  if (request === undefined) return `${moment.text} never came: ${whyNotAsked(record, name)}`;
  if (request.answer?.event === "bolusDenied")
    return `${moment.text} never came: ${name} was denied (${String(request.answer["answer"])})`;
  return `${moment.text} never came: the bolus of ${name} had not ended when the run did`;
}

/** Why a named request was never handed to the pump. */
export function whyNotAsked(record: RunRecord, name: string): string {
  const input = record.scenario.inputs.find((one) => one.name === name);
  const why = input === undefined ? undefined : whyNotHandedOver(record, input);
  return `${name} was never asked${why === undefined ? "" : ` (${why})`}`;
}

/** Why an input did not happen: its instant never came, or only after the run's end. */
export function whyNotHandedOver(record: RunRecord, input: PlannedInput): string | undefined {
  if (record.lost.has(record.scenario.inputs.indexOf(input))) return "it was lost: the pump was without power";
  const resolved = resolveMoment(record, input.at);
  return "never" in resolved ? resolved.never : undefined;
}
