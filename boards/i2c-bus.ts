import * as ds from "@devicescript/core";

/**
 * The board's I2C bus, as the runtime has it: one transaction in one call, which returns when it is over. Its pins and its clock stand in the board's
 * file. What a call costs: 9 clocks a byte, the address included; at 400 kHz 128 bytes take 2.9 ms. A chip that does not answer is told at once.
 * A bus that is held low is told after 20 ms to 1 s on an ESP32, and never on an RP2040, whose runtime waits for good: then the supervisor helps.
 */
export interface I2cBus {
  /**
   * Writes `out`, then reads `into` behind a repeated start; null: nothing is read. Returns 0 when the chip at the 7-bit `address` has acknowledged; an
   * RP2040 says so also when it took the address and then refused a byte of data.
   */
  _i2cTransaction(address: number, out: Buffer, into: Buffer): number;
}

/** The bus of this board. The library that declares it brings 700 bytes along, and a promise for each call. */
export const I2C_BUS = ds as unknown as I2cBus;
