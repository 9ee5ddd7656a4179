import type { Expected } from "../scenario/expectation";
import type { Moment } from "../scenario/moment";
import type { PlannedInput } from "../scenario/scenario";
import { judgeAlarm, judgeNever, judgeOccurs } from "./judge-events";
import type { SpanMs } from "./judge-events";
import { judgeRate, judgeSignal } from "./judge-instant";
import { judgeCharge, judgeOutlet, judgePressure, judgeTip } from "./judge-plant";
import { judgeReport } from "./judge-report";
import { judgeRequest } from "./judge-request";
import { judgeState } from "./judge-state";
import { judgeDelivered, judgeReservoir } from "./judge-volume";
import type { RunFailure, Verdict } from "./outcome";
import { resolveMoment, whyNotHandedOver } from "./resolve-moment";
import { failureOf } from "./run-record";
import type { RunRecord, Shortfall } from "./run-record";

/** The verdict on every entry of `expect`, in the file's order. */
export function judgeExpectations(record: RunRecord): Verdict[] {
  return record.scenario.expectations.map(({ line, text, expected }) => {
    const shortfall = judge(record, expected, text);
    const failure = shortfall === undefined ? undefined : failureOf(record, line, text, shortfall);
    return { line, expect: text, failure };
  });
}

/**
 * A failure for every event whose instant never came within the run: what was not done cannot have been shown. Repeats of one event are
 * one failure.
 */
export function eventFailures(record: RunRecord): RunFailure[] {
  const handedOver = new Set(record.resolvedInputs.map(({ index }) => index));
  const missed = new Map<string, { readonly first: PlannedInput; count: number }>();
  record.scenario.inputs.forEach((input, index) => {
    if (handedOver.has(index)) return;
    const event = `${input.line} ${input.at.text}`;
    const known = missed.get(event);
    if (known === undefined) missed.set(event, { first: input, count: 1 });
    else known.count++;
  });
  return [...missed.values()].map(({ first, count }) => {
    const why = whyNotHandedOver(record, first) ?? "it was not handed to the pump";
    const actual = count === 1 ? why : `${why} (and so for ${count - 1} more of its repeats)`;
    const text = `{ at: ${first.at.text}, do: ${first.text} }`;
    return failureOf(record, first.line, text, { expected: `${first.text} at ${first.at.text}`, actual, atMs: null });
  });
}

function judge(record: RunRecord, expected: Expected, text: string): Shortfall | undefined {
  switch (expected.about) {
    case "request":
      return judgeRequest(record, expected.name, expected.is);
    case "delivered":
      return at(record, expected.at, text, (atMs) => judgeDelivered(record, atMs, expected.volumeNl, expected.within));
    case "reservoir":
      return at(record, expected.at, text, (atMs) => judgeReservoir(record, atMs, expected.volumeNl, expected.within));
    case "outlet":
      return at(record, expected.at, text, (atMs) => judgeOutlet(record, atMs, expected));
    case "pressure":
      return at(record, expected.at, text, (atMs) => judgePressure(record, atMs, expected));
    case "tip":
      return at(record, expected.at, text, (atMs) => judgeTip(record, atMs, expected));
    case "charge":
      return at(record, expected.at, text, (atMs) => judgeCharge(record, atMs, expected));
    case "rate":
      return at(record, expected.at, text, (atMs) => judgeRate(record, atMs, expected));
    case "signal":
      return at(record, expected.at, text, (atMs) => judgeSignal(record, atMs, expected));
    case "report":
      return judgeReport(record, expected);
    case "occurs":
      return within(record, expected.span, text, (span) => judgeOccurs(record, expected, span, expected.times));
    case "never":
      return within(record, expected.span, text, (span) => judgeNever(record, expected, span));
    case "alarm": {
      const span = expected.at === undefined ? expected.span : { from: expected.at, to: expected.at };
      return within(record, span, text, (spanMs) => judgeAlarm(record, expected.alarm, spanMs));
    }
    case "state":
      return at(record, expected.at, text, (atMs) => judgeState(record, expected.state, atMs));
  }
}

function at(
  record: RunRecord,
  moment: Moment,
  text: string,
  judgeAt: (atMs: number) => Shortfall | undefined,
): Shortfall | undefined {
  const resolved = resolveMoment(record, moment);
  return "never" in resolved ? { expected: text, actual: resolved.never, atMs: null } : judgeAt(resolved.atMs);
}

function within(
  record: RunRecord,
  { from, to }: { readonly from: Moment | undefined; readonly to: Moment | undefined },
  text: string,
  judgeSpan: (span: SpanMs) => Shortfall | undefined,
): Shortfall | undefined {
  const start = from === undefined ? { atMs: 0 } : resolveMoment(record, from);
  const end = to === undefined ? { atMs: record.scenario.durationMs } : resolveMoment(record, to);
  for (const resolved of [start, end]) {
    if ("never" in resolved) return { expected: text, actual: resolved.never, atMs: null };
  }
  if ("never" in start || "never" in end) return undefined;
  if (end.atMs < start.atMs) return { expected: text, actual: `${to?.text} came before ${from?.text}`, atMs: end.atMs };
  return judgeSpan({ fromMs: start.atMs, toMs: end.atMs });
}
