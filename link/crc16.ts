const TABLE = Uint16Array.from({ length: 256 }, (_, high) => {
  let crc = high << 8;
  for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
  return crc & 0xffff;
});

/** CRC-16 as Jacdac takes it (polynomial 0x1021, start 0xffff; `jd_crc16` in jacdac-c), over the bytes from `first` to before `end`. */
export function crc16(bytes: Uint8Array, first: number, end: number): number {
  let crc = 0xffff;
  for (let i = first; i < end; i++) crc = ((crc << 8) & 0xff00) ^ (TABLE[(crc >> 8) ^ (bytes[i] ?? 0)] ?? 0);
  return crc;
}
