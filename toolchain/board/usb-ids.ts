/** Vendor and product of a USB device, four hex digits each, lower case. */
export interface UsbId {
  readonly vendor: string;
  readonly product: string;
}

/** What a USB device that belongs to a board is. */
export interface KnownUsb {
  readonly vendor: string;
  /** Absent: any product of the vendor. */
  readonly product?: string;
  readonly what: string;
  /**
   * Which chips can be behind it: a bridge tells nothing of the chip, the USB of the chip itself does. DeviceScript's own list of
   * vendors of ESP32 boards (`flash.ts`) is that of the four vendors here.
   */
  readonly archIds: readonly string[];
}

const ANY_ESP32 = ["esp32", "esp32c3"];

/** USB ids of boards, the more exact ones first. */
const KNOWN: readonly KnownUsb[] = [
  // Espressif, "USB Serial/JTAG Controller Console": the chip's own; an ESP32 has none.
  { vendor: "303a", product: "1001", what: "USB of the ESP32-C3 itself", archIds: ["esp32c3"] },
  { vendor: "303a", what: "USB of an Espressif chip", archIds: ["esp32c3"] },
  { vendor: "10c4", what: "CP210x serial bridge", archIds: ANY_ESP32 },
  { vendor: "1a86", what: "CH34x serial bridge", archIds: ANY_ESP32 },
  { vendor: "0403", what: "FTDI serial bridge", archIds: ANY_ESP32 },
  // RP2040 datasheet, 2.8.4 "USB Bootloader": vendor and product of its boot drive.
  { vendor: "2e8a", product: "0003", what: "RP2040 in its boot loader", archIds: ["rp2040"] },
  // DeviceScript's firmware for the Pico, src/usb_descriptors.c.
  { vendor: "2e8a", product: "420a", what: "RP2040 that runs DeviceScript", archIds: ["rp2040"] },
  { vendor: "2e8a", what: "device of Raspberry Pi", archIds: ["rp2040"] },
];

/** What is known of a USB device; `undefined` when it belongs to no board that Minim knows. */
export function knownUsb(id: UsbId): KnownUsb | undefined {
  return KNOWN.find(({ vendor, product }) => vendor === id.vendor && (product === undefined || product === id.product));
}

/** As people write it: `303a:1001`. */
export function usbText(id: UsbId): string {
  return `${id.vendor}:${id.product}`;
}
