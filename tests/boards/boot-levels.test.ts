import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkoutRoot } from "../../toolchain/checkout";

const folder = join(checkoutRoot(), "boards");

/** What a board's file says of its pins; the level of `sPin` is set by the runtime before any program runs. */
interface BoardFile {
  readonly pins: Record<string, unknown>;
  readonly sPin?: Record<string, number>;
}

test.each(readdirSync(folder).filter((name) => name.endsWith(".board.json")))(
  "%s holds EN off and all else low before the program runs",
  (name) => {
    const { pins, sPin = {} } = JSON.parse(readFileSync(join(folder, name), "utf8")) as BoardFile;
    expect(pins).toHaveProperty("EN");
    expect(sPin).toMatchObject({ EN: 1, STEP: 0, HEARTBEAT: 0, BUZZER: 0 });
  },
);
