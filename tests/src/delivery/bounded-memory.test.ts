import { expect, test } from "vitest";
import { EventKind } from "../../../src/events";
import { ProgramKind } from "../../../src/prescription/prescription";
import { DirectDrive } from "../direct-drive";
import { prescribed } from "../reference-pump";

const H = 3600000;

/** The length of every list of numbers that can be reached from `root`, by its path. */
function lengths(root: object): Record<string, number> {
  const found: Record<string, number> = {};
  const seen = new Set<unknown>();
  const look = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (Array.isArray(value)) found[path] = value.length;
    for (const [key, field] of Object.entries(value)) look(field, `${path}.${key}`);
  };
  look(root, "pump");
  return found;
}

test("whatever is delivered, asked for and prescribed, what the delivery control remembers takes no more memory", () => {
  const often = prescribed({ basalNlPerDay: 12000, bolusNl: 300, bolusMs: 1000, lockoutMs: 1000, mostPer24h: 48 });
  const drive = new DirectDrive().begin(often);
  const before = lengths(drive.pump.delivery);
  for (let hour = 0; hour < 180; hour++) drive.ask(hour + 1, hour * H);
  const periodic = { program: ProgramKind.periodic, scheduledNl: 3000, scheduledMs: 60000, scheduledEveryMs: 6 * H };
  drive.program({ ...often, ...periodic, windowMs: 7 * 24 * H, windowLimitNl: 1000000 }, 180 * H);
  drive.order(200, 3000, H, 181 * H);
  drive.ask(201, 182 * H);
  drive.do(EventKind.stop, 190 * H);
  expect(lengths(drive.pump.delivery)).toEqual(before);
  expect(before).toMatchObject({ "pump.window.ring": 49, "pump.window.hours": 85, "pump.hardWindow.ring": 49 });
  expect(before).toMatchObject({ "pump.drugs.ring": 3 * 49, "pump.drugs.units": 3 });
});
