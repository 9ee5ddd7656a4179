import type * as ds from "@devicescript/core";
import { ControlLoop } from "../src/control-loop";
import { Pump } from "../src/pump";
import { StateRecord } from "../src/record/store";
import { ConsoleJournal } from "./console-journal";
import { PUMP_CONFIG } from "./generated/pump-config";
import type { DrivenPin } from "./driven-pin";
import { LightAnnunciator } from "./light-annunciator";
import { PatientButton } from "./patient-button";
import { PulseStepper } from "./pulse-stepper";
import type { StepperPins } from "./pulse-stepper";
import { CoreClock, Shell } from "./shell";
import type { SleepObserver } from "./shell";
import { VolatileStore } from "./volatile-store";

/** Nobody has to know when a board sleeps. */
class NoObserver implements SleepObserver {
  beforeSleep(): void {
    return;
  }
}

/** Runs the pump on a real board, with the configuration that was compiled in. Never returns. */
export async function runOnBoard(pins: StepperPins, light: DrivenPin, button: ds.Button): Promise<void> {
  const clock = new CoreClock(0);
  const shell = new Shell();
  const stepper = new PulseStepper(PUMP_CONFIG, pins, clock, shell);
  const annunciator = new LightAnnunciator(light);
  const pump = new Pump(PUMP_CONFIG, new StateRecord());
  const loop = new ControlLoop(pump, stepper, new VolatileStore(), annunciator, new ConsoleJournal());
  const patient = new PatientButton(loop.inbox, clock, shell);
  patient.listenTo(button);
  stepper.run.start();
  annunciator.run.start();
  await shell.run(loop, clock, new NoObserver());
}
