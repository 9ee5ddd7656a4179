import * as ds from "@devicescript/core";
import { startButton } from "@devicescript/servers";
import { pins } from "@dsboard/pump_pico";
import type { DrivenPin } from "./driven-pin";
import { runOnBoard } from "./on-board";
import { runOnSimulator } from "./simulated/on-simulator";

async function main(): Promise<void> {
  if (ds.isSimulator()) await runOnSimulator();
  else {
    const button = startButton({ pin: pins.BUTTON });
    await runOnBoard(
      {
        step: pins.STEP as unknown as DrivenPin,
        dir: pins.DIR as unknown as DrivenPin,
        heartbeat: pins.HEARTBEAT as unknown as DrivenPin,
      },
      pins.EN as unknown as DrivenPin,
      pins.BUZZER as unknown as DrivenPin,
      pins.LED as unknown as DrivenPin,
      button,
    );
  }
}

await main();
