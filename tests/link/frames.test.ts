import { describe, expect } from "vitest";
import { test, fc } from "@fast-check/vitest";
import { announcedClasses, announceFrame, commandFrame, isFrame, packetsIn, reportFrame } from "../../link/frames";
import { crc16 } from "../../link/crc16";
import { deviceIdAt, deviceIdBytes, serverDeviceOf, SIMULATED_BOARD } from "../../link/device-id";
import { packEntries, unpackEntries } from "../../link/entries";
import { LengthReader, withLength } from "../../link/length-bytes";
import { readLogEntries } from "../../link/log-entries";
import { bridgeFrame, isBridgeAnswer, quoteFrame, UsbFrameReader } from "../../link/usb-bytes";
import { Random } from "../../sim/random/random";

/** `MINIM_LINK_FUZZ=20 npx vitest run tests/link/frames.test.ts` makes twenty times as many. */
const NOISE_BYTES = 300000 * Number(process.env["MINIM_LINK_FUZZ"] ?? "1");

const payloads = fc.uint8Array({ maxLength: 236 });
const bytesToQuote = fc
  .uint8Array({ maxLength: 60 })
  .map((bytes) => bytes.map((byte) => (byte % 3 === 0 ? 0xfe : byte)));

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

function random(random: Random, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, () => random.integer(0, 255));
}

describe("frames", () => {
  test("have the layout and the checksum of Jacdac (LNK-007)", () => {
    // Taken down from the DeviceScript runtime: what it accepts, bit for bit.
    expect(crc16(new TextEncoder().encode("123456789"), 0, 9)).toBe(0x29b1);
    const frame = commandFrame("0102030405060708", 1, 0x1180, Uint8Array.of(1, 2, 3, 4, 5));
    expect(hex(frame.subarray(2))).toBe("0c01" + "0102030405060708" + "05018011" + "0102030405" + "000000");
    expect(isFrame(frame)).toBe(true);
  });

  test.prop([payloads, fc.integer({ min: 0, max: 63 }), fc.integer({ min: 0, max: 65535 })])(
    "carry any packet (LNK-007)",
    (payload, service, command) => {
      const [packet, ...others] = packetsIn(reportFrame(SIMULATED_BOARD, service, command, payload));
      expect(others).toEqual([]);
      expect(packet).toEqual({
        device: SIMULATED_BOARD,
        isCommand: false,
        isBroadcast: false,
        service,
        command,
        payload,
      });
    },
  );

  test("with several packets give all of them, each at its place", () => {
    const [first, second] = [Uint8Array.of(9, 8, 7), Uint8Array.of(6)];
    const bytes = new Uint8Array(12 + 8 + 8);
    bytes[2] = 16;
    bytes.set(deviceIdBytes(SIMULATED_BOARD), 4);
    bytes.set([first.length, 1, 0x81, 0, ...first], 12);
    bytes.set([second.length, 2, 0x82, 0x10, ...second], 20);
    new DataView(bytes.buffer).setUint16(0, crc16(bytes, 2, bytes.length), true);
    expect(packetsIn(bytes).map(({ service, command, payload }) => [service, command, [...payload]])).toEqual([
      [1, 0x81, [9, 8, 7]],
      [2, 0x1082, [6]],
    ]);
  });

  test("refuse what no packet carries", () => {
    expect(() => commandFrame(SIMULATED_BOARD, 1, 0x80, new Uint8Array(237))).toThrow("a packet carries 236 bytes");
    expect(() => deviceIdBytes("1989F4EE")).toThrow("16 hexadecimal digits");
  });

  test("announce a device with its services", () => {
    const [packet] = packetsIn(announceFrame(SIMULATED_BOARD, [0x1d3f7a2c, 5]));
    expect(packet && announcedClasses(packet)).toEqual([0x1d3f7a2c, 5]);
    expect(hex(packet?.payload.subarray(0, 4) ?? new Uint8Array(0))).toBe("0f010000");
  });

  test("the program's device is the board's with 0xdb2249a7751b53f8 over it", () => {
    const board = new DataView(deviceIdBytes(SIMULATED_BOARD).buffer).getBigUint64(0, true);
    const server = new DataView(new ArrayBuffer(8));
    server.setBigUint64(0, board ^ 0xdb2249a7751b53f8n, true);
    expect(serverDeviceOf(SIMULATED_BOARD)).toBe(deviceIdAt(new Uint8Array(server.buffer), 0));
    expect(serverDeviceOf(serverDeviceOf(SIMULATED_BOARD))).toBe(SIMULATED_BOARD);
  });
});

describe("the bytes of a serial port", () => {
  test.prop([fc.array(bytesToQuote, { maxLength: 6 }), bytesToQuote, fc.integer({ min: 1, max: 7 })])(
    "carry frames between log text, in pieces of any size, and the next one behind anything (LNK-007)",
    (frames, noise, size) => {
      const heard: string[] = [];
      const reader = new UsbFrameReader((frame) => heard.push(hex(frame)));
      const sent = [noise, ...frames.flatMap((frame) => [quoteFrame(frame), new TextEncoder().encode("> log\n")])];
      const bytes = Uint8Array.from(sent.flatMap((part) => [...part]));
      for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
      expect(heard.slice(heard.length - frames.length)).toEqual(frames.map(hex));
    },
  );

  test("a frame that breaks off is given up, and one that is too long, too", () => {
    const heard: string[] = [];
    const reader = new UsbFrameReader((frame) => heard.push(hex(frame)));
    const whole = quoteFrame(Uint8Array.of(1, 2, 3));
    reader.push(whole.subarray(0, 4));
    reader.push(whole);
    reader.push(quoteFrame(new Uint8Array(253)));
    reader.push(whole);
    expect(heard).toEqual(["010203", "010203"]);
  });

  test("the bridge is asked for packets, and its answer is none of the bus", () => {
    expect(hex(bridgeFrame(true).subarray(2))).toBe("0445" + "4a1af618aaaaaaaa" + "003d8100");
    expect(isBridgeAnswer(bridgeFrame(true))).toBe(true);
    expect(isBridgeAnswer(announceFrame(SIMULATED_BOARD, []))).toBe(false);
  });
});

test.prop([
  fc.array(fc.uint8Array({ minLength: 1, maxLength: 252 }), { maxLength: 5 }),
  fc.integer({ min: 1, max: 300 }),
])("the bytes of a TCP bridge carry frames in pieces of any size (LNK-007)", (frames, size) => {
  const heard: string[] = [];
  const reader = new LengthReader((frame) => heard.push(hex(frame)));
  const bytes = Uint8Array.from(frames.flatMap((frame) => [...withLength(frame)]));
  for (let at = 0; at < bytes.length; at += size) reader.push(bytes.subarray(at, at + size));
  expect(heard).toEqual(frames.map(hex));
});

const numbers = fc.maxSafeInteger();
test.prop([
  fc.array(fc.record({ code: fc.integer({ min: 0, max: 255 }), a: numbers, b: numbers, c: numbers, d: numbers })),
])("packed entries hold whole numbers of any size (LNK-007)", (entries) => {
  const plain = entries.map(({ code, a, b, c, d }) => ({ code, a: a + 0, b: b + 0, c: c + 0, d: d + 0 }));
  expect(unpackEntries(packEntries(plain))).toEqual(plain);
  const bytes = packEntries(plain);
  if (bytes.length > 0) expect(unpackEntries(bytes.subarray(0, bytes.length - 1))).toBeUndefined();
});

test("any bytes are read without an end, and nothing but whole frames comes out of them (LNK-007)", () => {
  const source = new Random(2026);
  let frames = 0;
  let packets = 0;
  const take = (frame: Uint8Array): void => {
    frames++;
    expect(frame.length).toBeLessThanOrEqual(255);
    for (const { payload } of packetsIn(frame)) {
      packets++;
      expect(payload.length).toBeLessThanOrEqual(236);
    }
  };
  const usb = new UsbFrameReader(take);
  const tcp = new LengthReader(take);
  const whole = quoteFrame(commandFrame(SIMULATED_BOARD, 1, 0x81, random(source, 60)));
  for (let read = 0; read < NOISE_BYTES; read += 64) {
    const bytes = random(source, 64);
    // Marks are rare in noise, so some is put in, and half frames.
    if (source.chance(30)) bytes[source.integer(0, 63)] = 0xfe;
    if (source.chance(30)) bytes.set([0xfe, source.integer(0xf8, 0xfe)], source.integer(0, 62));
    usb.push(bytes);
    tcp.push(bytes);
    if (source.chance(10)) usb.push(whole.subarray(0, source.integer(0, whole.length)));
    const copy = bytes.slice();
    // Half of them have a right checksum, and so whatever lengths.
    if (source.chance(50)) {
      copy[2] = source.integer(0, 52);
      copy[3] = source.integer(0, 127);
      copy[12] = source.integer(0, 52);
      new DataView(copy.buffer).setUint16(0, crc16(copy, 2, 12 + (copy[2] ?? 0)), true);
    }
    take(copy);
    unpackEntries(bytes);
    readLogEntries(bytes, read);
  }
  expect(frames).toBeGreaterThan(NOISE_BYTES / 640);
  expect(packets).toBeGreaterThan(NOISE_BYTES / 640);
});
