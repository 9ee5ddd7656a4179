import { giveNonce, goOnWithAttempt, takeOpen, takeSealed } from "./opening";
import { erase, goOnWithReset, takeKey, takeReset } from "./keys";
import type { PacketBytes } from "./packet-bytes";
import { GET_REGISTER, ServiceCommand, ServiceStatus } from "./protocol";
import { readRegister } from "./registers";
import { goOnWithOrder, PAGE_AT, serveFrame } from "./sealed-frame";
import { Doing, lookAtAccess, sayPlainly, sealAnswer, sealStatus, ServiceNeed } from "./service-parts";
import type { ServiceParts } from "./service-parts";

/**
 * The pump's service: takes packets, one at a time, and says what to send. It knows no fibers: where something has to happen first it names it as
 * a {@link ServiceNeed}, and {@link proceed} goes on behind it. Whoever has no session reads registers and nothing else.
 *
 * Takes a packet with a `command`; `heldMs`: for how long the board's button has been held down. What was under way before is given up.
 */
export function takePacket(
  parts: ServiceParts,
  command: number,
  packet: PacketBytes,
  heldMs: number,
  nowMs: number,
): ServiceNeed {
  parts.packet = packet;
  parts.doing = Doing.nothing;
  switch (command) {
    case ServiceCommand.sealed:
      return takeSealed(parts, packet, nowMs);
    case ServiceCommand.open:
      return takeOpen(parts, packet, nowMs);
    case ServiceCommand.setKey:
      return takeKey(parts, packet, heldMs, nowMs);
    case ServiceCommand.reset:
      return takeReset(parts, packet, heldMs, nowMs);
    default:
      lookAtAccess(parts, nowMs);
      parts.reply = parts.plain;
      parts.length = readRegister(parts.pump, parts, command - GET_REGISTER, parts.plain, nowMs);
      if (parts.length === 0) return ServiceNeed.nothing;
      return ServiceNeed.send;
  }
}

/** Goes on behind what was needed; `isMet`: it has happened in time; `words`: what was read, when that was a page. */
export function proceed(parts: ServiceParts, isMet: boolean, nowMs: number, words: readonly number[]): ServiceNeed {
  const doing = parts.doing;
  let status = ServiceStatus.done;
  if (!isMet) status = ServiceStatus.notStored;
  parts.doing = Doing.nothing;
  switch (doing) {
    case Doing.opening:
      return giveNonce(parts, isMet, nowMs);
    case Doing.attempting:
      return goOnWithAttempt(parts, isMet, nowMs);
    case Doing.entering:
      return serveFrame(parts, parts.packet, nowMs);
    case Doing.ordering:
      return goOnWithOrder(parts, isMet);
    case Doing.paging:
      if (!isMet) return sealStatus(parts, status);
      for (let i = 0; i < parts.pageWords; i++) parts.watch.answer.setAt(PAGE_AT + 4 * i, "u32", words[i]);
      return sealAnswer(parts, status, PAGE_AT + 4 * parts.pageWords);
    case Doing.rotating:
      return sealStatus(parts, status);
    case Doing.withdrawing:
      return goOnWithReset(parts, isMet, nowMs);
    case Doing.erasingMemory:
      if (isMet) return erase(parts);
      return sayPlainly(parts, status, 1);
    default:
      return sayPlainly(parts, status, 1);
  }
}
