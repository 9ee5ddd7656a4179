import { expect, it, vi } from "vitest";
import { localMinute } from "../../cli/bench/local-minute";

it.each([
  [0, "UTC"],
  [-330, "UTC+05:30"],
  [210, "UTC\u221203:30"],
  [-60, "UTC+01:00"],
])("a report says in which time zone it was made: %i min west of Greenwich is %s", (westMinutes, zone) => {
  const date = new Date(2026, 10, 2, 6, 5, 59);
  vi.spyOn(date, "getTimezoneOffset").mockReturnValue(westMinutes);
  expect(localMinute(date)).toBe(`2026-11-02 06:05 ${zone}`);
});
