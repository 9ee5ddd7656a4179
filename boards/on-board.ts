import type * as ds from "@devicescript/core";
import { ControlLoop } from "../src/control-loop";
import { Pump } from "../src/pump";
import { StateRecord } from "../src/record/state-record";
import { BuzzerAndLight } from "./buzzer-and-light";
import { ConsoleJournal } from "./console-journal";
import { EnableLine } from "./enable-line";
import { pumpConfig } from "./generated/pump-config";
import type { DrivenPin } from "./driven-pin";
import { PatientButton } from "./patient-button";
import { PulseStepper } from "./pulse-stepper";
import type { StepperPins } from "./pulse-stepper";
import { CoreClock, Shell } from "./shell";
import { VolatileStore } from "../src/record/volatile-store";

/** Runs the pump on a real board, with the configuration that was compiled in. Never returns. */
export async function runOnBoard(
  pins: StepperPins,
  enablePin: DrivenPin,
  buzzer: DrivenPin,
  light: DrivenPin,
  button: ds.Button,
): Promise<void> {
  const enable = new EnableLine(enablePin);
  const config = pumpConfig();
  const clock = new CoreClock(0);
  const shell = new Shell();
  const stepper = new PulseStepper(config, pins, enable, clock, shell);
  const annunciator = new BuzzerAndLight(buzzer, light);
  const pump = new Pump(config, new StateRecord());
  enable.guard = pump.guard;
  const loop = new ControlLoop(pump, stepper, new VolatileStore(null, 0), annunciator, new ConsoleJournal());
  const patient = new PatientButton(loop.inbox, clock, shell);
  patient.listenTo(button);
  stepper.run.start();
  annunciator.run.start();
  await shell.run(loop, clock, null);
}
