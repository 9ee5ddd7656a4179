import "./frequent-functions";
import type * as ds from "@devicescript/core";
import { breatheBy } from "../src/breath";
import { ControlLoop } from "../src/control-loop";
import { OrderWatch } from "../src/service/order-watch";
import { MOST_PACKET_BYTES } from "../src/service/protocol";
import { ServiceParts } from "../src/service/service-parts";
import { SecurityRecord } from "../src/service/security-record";
import { BoardPart } from "../src/safety/fault";
import type { BoardPins } from "./board-pins";
import { BuzzerAndLight } from "./buzzer-and-light";
import { ConsoleJournal } from "./console-journal";
import { EnableLine } from "./enable-line";
import { addParts, boardMemory, HOLDS_ENABLED } from "./generated/board-parts";
import { pumpConfig } from "./generated/pump-config";
import { missPart } from "./missing-part";
import { PatientButton } from "./patient-button";
import { PulseStepper } from "./pulse-stepper";
import { recoveredPump } from "./recovered-pump";
import { PumpServer } from "./service/pump-server";
import { RuntimeCipher } from "./service/runtime-cipher";
import { CoreClock, restShortly, Shell } from "./shell";

/** Pause between two parts of the recovery, in ms: the runtime's own work gets its turn. */
const RECOVERY_REST_MS = 1;

/**
 * Runs the pump on a real board, with the configuration and the parts that were compiled in. Never returns. A declared part that does not
 * answer leaves it in its safe state, which says which.
 */
export async function runOnBoard(pins: BoardPins, button: ds.Button): Promise<void> {
  breatheBy(restShortly);
  const enable = new EnableLine(pins.EN);
  const config = pumpConfig();
  let memory = boardMemory();
  const isThere = await memory.open(config);
  const security = new SecurityRecord(memory.words);
  const pump = await recoveredPump(config, memory.restored, memory, RECOVERY_REST_MS);
  // What this function holds it holds for good, and there is little room.
  memory.restored = null;
  const clock = new CoreClock(pump.nowMs);
  const shell = new Shell();
  const stepperPins = { step: pins.STEP, dir: pins.DIR, heartbeat: pins.HEARTBEAT };
  const stepper = new PulseStepper(config, stepperPins, enable, clock, shell, HOLDS_ENABLED);
  const annunciator = new BuzzerAndLight(pins.BUZZER, pins.LED);
  enable.guard = pump.guard;
  const watch = new OrderWatch(Buffer.alloc(MOST_PACKET_BYTES), new ConsoleJournal());
  const loop = new ControlLoop(pump, stepper, memory.store, annunciator, watch);
  const patient = new PatientButton(loop.inbox, clock, shell);
  patient.listenTo(button);
  if (isThere) memory.begin(pump, clock, shell);
  else missPart(pump, BoardPart.memory);
  const service = new ServiceParts(pump, loop.inbox, memory.store, watch, new RuntimeCipher(), security);
  const server = new PumpServer(service, clock, shell, memory.reader, patient);
  server.run.start();
  const observer = addParts(pins, pump, loop, stepper, clock, shell);
  memory = null;
  stepper.run.start();
  annunciator.run.start();
  await shell.run(loop, clock, observer);
}
