import * as ds from "@devicescript/core";
import { startButton } from "@devicescript/servers";
import { pins } from "@dsboard/pump_esp32";
import type { BoardPins } from "./board-pins";
import { runOnBoard } from "./on-board";
import { runOnSimulator } from "./simulated/on-simulator";

if (ds.isSimulator()) await runOnSimulator();
else await runOnBoard(pins as unknown as BoardPins, startButton({ pin: pins.BUTTON }));
