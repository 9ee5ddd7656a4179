import type { SerialSettings } from "../../bench/balances/serial-settings";
import type { PlannedBolus } from "../../bench/record/manifest";
import type { BenchProfileName } from "../../bench/simulated/bench-profile";
import type { ConnectAddress } from "./record-address";

/** A rate as it was written and in mL/h. */
export interface WrittenRate {
  readonly text: string;
  readonly mlPerH: number;
}

/** What was written on the command line of `minim bench record`; nothing is filled in yet. */
export interface RecordOptions {
  readonly out: string;
  readonly connect?: ConnectAddress;
  readonly protocol?: string;
  /** What a line without a unit is in. */
  readonly unit?: "g";
  readonly baud?: number;
  readonly dataBits?: "7" | "8";
  readonly parity?: SerialSettings["parity"];
  readonly stopBits?: "1" | "2";
  readonly handshake?: SerialSettings["handshake"];
  readonly rate?: WrittenRate;
  /** In ms. */
  readonly duration?: number;
  /** In ms. */
  readonly interval?: number;
  readonly operator?: string;
  readonly pumpSerial?: string;
  readonly pumpModel?: string;
  readonly firmware?: string;
  readonly set?: string;
  readonly liquid?: string;
  /** In °C. */
  readonly temperature?: number;
  /** In hPa. */
  readonly pressure?: number;
  /** In %. */
  readonly humidity?: number;
  readonly note?: string;
  readonly pump?: string;
  readonly profile?: BenchProfileName;
  readonly seed?: number;
  /** True volume of a revolution of the simulated set, in mL. */
  readonly setVolume?: number;
  readonly bolus?: readonly PlannedBolus[];
  readonly resume?: true;
  readonly json?: true;
}
