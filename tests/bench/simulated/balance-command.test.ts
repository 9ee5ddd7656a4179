import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { main } from "../../../cli/main";
import type { Terminal } from "../../../cli/terminal";

describe("minim bench balance", () => {
  it("says where it listens, weighs in real time, and ends with Ctrl-C (SBE-012)", async () => {
    const child = spawn(process.execPath, ["bin/minim.mjs", "bench", "balance", "--speed", "3600", "--json"]);
    const closed = once(child, "close");
    const [line] = (await once(createInterface(child.stdout), "line")) as [string];
    const told = JSON.parse(line) as { kind: string; connects: string[]; serial: string };
    expect(told).toMatchObject({ kind: "benchBalance", profile: "analytical", rateMlPerH: 1, serial: "SIM0000001" });
    const [, host = "", port = ""] = /^tcp:(.+):([0-9]+)$/.exec(told.connects[0] ?? "") ?? [];
    const socket = connect(Number(port), host);
    const lines = createInterface(socket)[Symbol.asyncIterator]();
    const weighed = async (): Promise<number> => {
      socket.write("SI\r\n");
      const { value } = (await lines.next()) as { value: string };
      return Number(/^S [SD] +(-?[0-9.]+) g$/.exec(value)?.[1]);
    };
    // 1 mL each second of real time: a hundred steps of the display are no noise.
    const first = await weighed();
    expect(first).toBeGreaterThan(-0.001);
    while ((await weighed()) < first + 0.01);
    socket.destroy();
    child.kill("SIGINT");
    expect((await closed)[1]).toBe("SIGINT");
  });

  it.each([
    [["--rate", "240 mL/day"], "minim: --rate: 240 mL/day is more than this pump gives; its hard limit is 24 mL/day\n"],
    [["--profile", "analytic"], /The profiles are ideal, analytical, semi-micro, micro; did you mean analytical\?\n$/],
    [["--fault", "noise:2min:1min"], /Say when it begins and ends: noise:10min:12min\.\n$/],
    [["--pump", "reference-30ml"], /^reference-30ml: there is no such pump; did you mean reference-20ml\?/],
  ] as const)("refuses %j in one line", async (args, message) => {
    let err = "";
    const terminal: Terminal = {
      out: () => undefined,
      err: (text) => (err += text),
      colour: false,
      showsProgress: false,
      width: 100,
    };
    expect(await main(["bench", "balance", ...args], terminal)).toBe(2);
    expect(err).toMatch(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
