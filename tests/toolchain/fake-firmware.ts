/** Bytes that a header's check takes for DeviceScript's firmware of a chip, and `devs bundle` too; no chip could run them. */
export function fakeFirmware(archId: "esp32" | "esp32c3" | "rp2040"): Buffer {
  return archId === "rp2040" ? uf2() : espImage(archId === "esp32" ? 0 : 5);
}

/** A boot loader's header, and a hole where the board's configuration goes (0x9000 in flash; an ESP32's file begins at 0x1000). */
function espImage(chipId: number): Buffer {
  const bytes = Buffer.alloc(0x20000, 7);
  bytes.fill(0xff, 0x7000, 0xb000);
  bytes[0] = 0xe9;
  bytes.writeUInt16LE(chipId, 12);
  return bytes;
}

function uf2(): Buffer {
  const blocks = 160;
  const bytes = Buffer.alloc(blocks * 512);
  for (let i = 0; i < blocks; i++) {
    const block = bytes.subarray(i * 512, (i + 1) * 512);
    for (const [at, value] of [
      [0, 0x0a324655],
      [4, 0x9e5d5157],
      [8, 0x2000],
      [12, 0x10000000 + i * 256],
      [16, 256],
      [20, i],
      [24, blocks],
      [28, 0xe48bff56],
      [508, 0x0ab16f30],
    ] as const)
      block.writeUInt32LE(value, at);
    block.fill(7, 32, 288);
  }
  return bytes;
}
