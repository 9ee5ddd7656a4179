/** A function of a compiled program and the bytes that its code takes. */
export interface FunctionSize {
  readonly name: string;
  readonly bytes: number;
}

/** What a compiled program takes, in bytes. */
export interface ImageSizes {
  /** The whole image. */
  readonly imageBytes: number;
  /** From the image's start to the end of its last function: what must stay below {@link CODE_LIMIT_BYTES}. */
  readonly codeBytes: number;
  /** All that follows the code: literals, service descriptions, hardware configuration. */
  readonly dataBytes: number;
  /** Every function that was compiled in, the largest first. */
  readonly functions: readonly FunctionSize[];
}

/** The runtime addresses code with 16 bits from the image's start. */
export const CODE_LIMIT_BYTES = 65536;

/**
 * Where the image header (32 bytes) is followed by the section table: 8 bytes a section, its start and its length, both
 * little-endian. Section 0 is the function headers, section 1 the code (`devs_img_header_t` in DeviceScript's
 * devs_format.h).
 */
const CODE_SECTION_OFFSET = 32 + 8;
const MAGIC = 0x53766544;

/** Reads the sizes from an image and the function list of its debug file; throws when `image` is not DeviceScript's. */
export function readImageSizes(image: Uint8Array, debug: { functions: { name: string; size: number }[] }): ImageSizes {
  const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
  if (image.byteLength < CODE_SECTION_OFFSET + 8 || view.getUint32(0, true) !== MAGIC) {
    throw new Error("not a DeviceScript image: its first four bytes are wrong");
  }
  const codeBytes = view.getUint32(CODE_SECTION_OFFSET, true) + view.getUint32(CODE_SECTION_OFFSET + 4, true);
  const functions = debug.functions.map(({ name, size }) => ({ name, bytes: size }));
  functions.sort((a, b) => b.bytes - a.bytes);
  return { imageBytes: image.byteLength, codeBytes, dataBytes: image.byteLength - codeBytes, functions };
}
