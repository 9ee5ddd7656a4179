import { broadcastFrame, MOST_FRAME_BYTES, packetsIn } from "./frames";

// How frames are marked between log text in the bytes of a serial port: JD_USB_BRIDGE_QBYTE_* of Jacdac's USB bridge service (jacdac-c, source/jd_usb.c).
const MAGIC = 0xfe;
const LITERAL_MAGIC = 0xf8;
const RESERVED = 0xf9;
const SERIAL_GAP = 0xfa;
const FRAME_GAP = 0xfb;
const FRAME_START = 0xfc;
const FRAME_END = 0xfd;

/** Class of the USB bridge's service. */
const USB_BRIDGE = 0x18f61a4a;
const DISABLE_PACKETS = 0x80;
const ENABLE_PACKETS = 0x81;

/** The bytes that carry `frame` over a serial port. A half frame before it is given up by whoever reads them. */
export function quoteFrame(frame: Uint8Array): Uint8Array {
  const bytes = [MAGIC, FRAME_START];
  for (const byte of frame) {
    bytes.push(byte);
    if (byte === MAGIC) bytes.push(LITERAL_MAGIC);
  }
  bytes.push(MAGIC, FRAME_END);
  return Uint8Array.from(bytes);
}

/** Finds the frames in the bytes of a serial port. What lies between them is text of the board's log, or noise; the next frame is found behind anything. */
export class UsbFrameReader {
  private readonly frame = new Uint8Array(MOST_FRAME_BYTES);
  private length = 0;
  private isInFrame = false;
  private wasMagic = false;

  /** @param onFrame gets each frame, unchecked, in memory of its own */
  constructor(private readonly onFrame: (frame: Uint8Array) => void) {}

  /** Takes the next bytes, in pieces of any size. */
  push(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.wasMagic) this.takeMark(byte);
      else if (byte === MAGIC) this.wasMagic = true;
      else this.take(byte);
    }
  }

  private takeMark(byte: number): void {
    if (byte === MAGIC) {
      // Two of them stand in no frame; the second may begin a mark.
      this.isInFrame = false;
      return;
    }
    this.wasMagic = false;
    switch (byte) {
      case LITERAL_MAGIC:
        this.take(MAGIC);
        break;
      case FRAME_START:
        this.isInFrame = true;
        this.length = 0;
        break;
      case FRAME_END:
        if (this.isInFrame) this.onFrame(this.frame.slice(0, this.length));
        this.isInFrame = false;
        break;
      case RESERVED:
      case SERIAL_GAP:
      case FRAME_GAP:
        break;
      default:
        this.isInFrame = false;
    }
  }

  private take(byte: number): void {
    if (!this.isInFrame) return;
    if (this.length === MOST_FRAME_BYTES) this.isInFrame = false;
    else this.frame[this.length++] = byte;
  }
}

/** What asks a board to pass frames over its serial port, or not to any more. */
export function bridgeFrame(isOn: boolean): Uint8Array {
  return broadcastFrame(USB_BRIDGE, isOn ? ENABLE_PACKETS : DISABLE_PACKETS, true);
}

/** Whether a frame is the bridge's answer to {@link bridgeFrame}, and so none of the bus. */
export function isBridgeAnswer(frame: Uint8Array): boolean {
  const [packet] = packetsIn(frame);
  return packet?.isBroadcast === true && packet.device.startsWith("4a1af618");
}
