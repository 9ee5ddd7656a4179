/**
 * I2C FRAMs that can keep the ledger, with their size in bytes. Two address bytes, no write delay; those of 128 kB take two device addresses.
 * Smaller ones (FM24CL64B and MB85RC64, 8 kB) hold the ledger and next to no journal.
 */
export const MEMORY_CHIP_BYTES = {
  MB85RC256V: 32768,
  MB85RC512T: 65536,
  MB85RC1MT: 131072,
  FM24W256: 32768,
  FM24V02A: 32768,
  FM24V05: 65536,
  FM24V10: 131072,
} as const;

/** One of {@link MEMORY_CHIP_BYTES}. */
export type MemoryChip = keyof typeof MEMORY_CHIP_BYTES;
