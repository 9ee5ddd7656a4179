/** One line between a board and what is around it. */
export interface BoardSignal {
  /** As in the board file; `SDA` and `SCL` stand for its key `i2c`. */
  readonly label: string;
  readonly direction: "out" | "in" | "analogue in" | "both";
  /** Level from the start of the firmware on until the program drives the pin; empty: an input. */
  readonly atBoot: string;
  /** Where the line goes, in a few words. */
  readonly goesTo: string;
  /** What has to be on the line, and why. */
  readonly needs: string;
  /** False: left open when the pump file does not declare the part. */
  readonly isAlwaysUsed: boolean;
}

/** Every line that a board can have, in the order of the tables: first what the motor needs, then the people, then the optional parts. */
export const BOARD_SIGNALS: readonly BoardSignal[] = [
  {
    label: "EN",
    direction: "out",
    atBoot: "high: motor off",
    goesTo: "source of the enable transistor",
    needs: "pull-up of 4.7 kOhm at most on the driver's ENABLE, to the driver's logic supply",
    isAlwaysUsed: true,
  },
  {
    label: "STEP",
    direction: "out",
    atBoot: "low",
    goesTo: "driver STEP",
    needs: "10 kOhm to ground: no step while the pin floats after reset",
    isAlwaysUsed: true,
  },
  {
    label: "DIR",
    direction: "out",
    atBoot: "low: delivery",
    goesTo: "driver DIR",
    needs: "10 kOhm to ground",
    isAlwaysUsed: true,
  },
  {
    label: "HEARTBEAT",
    direction: "out",
    atBoot: "low",
    goesTo: "trigger of the one-shot",
    needs: "10 kOhm to ground: silence is motor off",
    isAlwaysUsed: true,
  },
  {
    label: "BUTTON",
    direction: "in",
    atBoot: "",
    goesTo: "patient's button, closes to ground",
    needs: "internal pull-up; on a cable 10 kOhm to 3.3 V, and 1 kOhm with 100 nF at the board",
    isAlwaysUsed: true,
  },
  {
    label: "LED",
    direction: "out",
    atBoot: "floats",
    goesTo: "light of the alarms",
    needs: "1 kOhm to the light-emitting diode, which goes to ground",
    isAlwaysUsed: true,
  },
  {
    label: "BUZZER",
    direction: "out",
    atBoot: "low",
    goesTo: "active buzzer, by a transistor",
    needs: "NPN transistor: 1 kOhm to its base, 10 kOhm from base to ground",
    isAlwaysUsed: true,
  },
  {
    label: "SDA",
    direction: "both",
    atBoot: "",
    goesTo: "FRAM and clock",
    needs: "2.2 kOhm to 3.3 V, once for the bus",
    isAlwaysUsed: false,
  },
  {
    label: "SCL",
    direction: "out",
    atBoot: "",
    goesTo: "FRAM and clock",
    needs: "2.2 kOhm to 3.3 V, once for the bus",
    isAlwaysUsed: false,
  },
  {
    label: "ROLLER",
    direction: "in",
    atBoot: "",
    goesTo: "index of the pump head's rotor",
    needs: "10 kOhm to 3.3 V for an open collector",
    isAlwaysUsed: false,
  },
  {
    label: "OCCLUSION",
    direction: "analogue in",
    atBoot: "",
    goesTo: "occlusion switch or pressure sensor",
    needs: "switch to ground: 10 kOhm to 3.3 V; sensor: a divider that keeps the pin in its range",
    isAlwaysUsed: false,
  },
  {
    label: "AIR",
    direction: "in",
    atBoot: "",
    goesTo: "air sensor on the line",
    needs: "10 kOhm to 3.3 V for an open collector",
    isAlwaysUsed: false,
  },
  {
    label: "BATTERY",
    direction: "analogue in",
    atBoot: "",
    goesTo: "supply voltage, through a divider",
    needs: "divider that keeps the pin in its range, and 100 nF to ground",
    isAlwaysUsed: false,
  },
  {
    label: "KICK",
    direction: "out",
    atBoot: "low",
    goesTo: "DONE of the supervisor chip",
    needs: "100 kOhm to ground",
    isAlwaysUsed: false,
  },
];
