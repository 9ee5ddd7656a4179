import type { EventKind } from "../../src/events";
import type { Inbox } from "../../src/inbox";
import type { Shell } from "../shell";

/** Hands what a sensor has to say to the pump and wakes the shell. Returns false when the inbox had no room: then it has to be said again. */
export function tellPump(
  inbox: Inbox,
  shell: Shell,
  kind: EventKind,
  nowMs: number,
  count: number,
  detail: number,
): boolean {
  const lost = inbox.lost;
  inbox.add(kind, nowMs, 0, count, detail);
  shell.wake();
  return inbox.lost === lost;
}
