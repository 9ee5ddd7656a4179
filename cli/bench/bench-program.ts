import type { Command } from "commander";
import type { ExitCode } from "../exit-code";
import type { Terminal } from "../terminal";
import { addAnalyse } from "./analyse-options";
import { addBalance } from "./balance-options";
import { addCalibrate } from "./calibrate-options";
import { addPlan } from "./plan-options";
import { addRecord } from "./record-options";
import { addReport } from "./report-options";

/** Adds `minim bench` with all its commands, in the order in which a technician needs them. */
export function addBench(program: Command, terminal: Terminal, done: (code: ExitCode) => void): void {
  const bench = program.command("bench").description("check a pump's flow against a balance, real or simulated");
  addPlan(bench, terminal, done);
  addRecord(bench, terminal, done);
  addAnalyse(bench, terminal, done);
  addCalibrate(bench, terminal, done);
  addReport(bench, terminal, done);
  addBalance(bench, terminal, done);
}
