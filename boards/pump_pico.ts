import * as ds from "@devicescript/core";
import { startButton } from "@devicescript/servers";
import { pins } from "@dsboard/pump_pico";
import { runOnBoard } from "./on-board";
import { runOnSimulator } from "./simulated/on-simulator";

async function main(): Promise<void> {
  if (ds.isSimulator()) await runOnSimulator();
  else {
    const button = startButton({ pin: pins.BUTTON });
    await runOnBoard({ step: pins.STEP, dir: pins.DIR, enable: pins.EN, heartbeat: pins.HEARTBEAT }, pins.LED, button);
  }
}

await main();
