import { expect, test } from "vitest";
import { EventKind } from "../../src/events";
import { ServiceStatus } from "../../src/service/protocol";
import { LogRing } from "../../link/log-entries";
import type { LogPage } from "../../link/log-pages";
import { LinkedPump } from "./linked-pump";

/** More than a page of the journal. */
const ORDERS = 20;
/** A reader that never comes to an end is let go after so many pages. */
const MOST_PAGES = 12;

test("a journal that grows faster than it is read is read to where it ended when the reading began, no entry twice (LNK-034)", async () => {
  const linked = await LinkedPump.opened();
  const { link } = linked;
  const give = (): Promise<unknown>[] =>
    Array.from({ length: ORDERS }, () => link.order({ kind: EventKind.tubeChanged }));
  await linked.do(Promise.all(give()));
  const pages: LogPage[] = [];
  const given: Promise<unknown>[] = [];
  const status = await linked.do(
    link.log(LogRing.events, 0, (page) => {
      pages.push(page);
      if (pages.length < MOST_PAGES) given.push(...give());
    }),
  );
  await linked.do(Promise.all(given));
  expect(status).toBe(ServiceStatus.done);
  const [first] = pages;
  const last = pages.at(-1);
  if (first === undefined || last === undefined) throw new Error("nothing was read");
  expect(first.taken).toBeGreaterThan(ORDERS);
  // It did grow meanwhile, by more than a page.
  expect(last.taken).toBeGreaterThan(first.taken + ORDERS - 1);
  expect(pages.flatMap(({ entries }) => entries.map(({ number }) => number))).toEqual(
    Array.from({ length: first.taken }, (_, number) => number),
  );
});
