/**
 * What the instruction set says of each operation, by its number, two digits each: bit 4: it is a statement, which leaves nothing on the stack; bit 5: a
 * number follows. DEVS_OP_PROPS in runtime/devicescript/devs_bytecode.h of DeviceScript 2.16.4.
 */
const PROPERTIES =
  "7f6011121314151617181912517031426031311440202041021321212160601011116060606060606060100300414041" +
  "4040414041414141414142424242424242424242424242424132212041103012307010105151711041424042421160";

/** Numbers below this are operations. */
const OPERATIONS_END = 95;
/** These three are none any more. */
const REMOVED = [0, 42, 77];

/** The operations of the instruction set that have a handler in the runtime. */
export const OPERATIONS = Array.from({ length: OPERATIONS_END }, (_, operation) => operation).filter(
  (operation) => !REMOVED.includes(operation),
);

/** Operations by name, so far as they cost something of their own. */
export enum Operation {
  allocMap = 31,
  allocArray = 32,
  allocBuffer = 33,
}

const STATEMENT = 0x10;
const TAKES_NUMBER = 0x20;
/** From here on a byte is an operation of its own that puts a small number onto the stack. */
const FIRST_SMALL_NUMBER = 0x80;
const FIRST_LONG_NUMBER = 0xf8;
// Image: 32 bytes, then start and length of each section; the first is the functions' headers, the second their code.
const FUNCTION_HEADERS = 32;
const CODE = 40;
const HEADER_BYTES = 16;

/** True for an operation that leaves nothing on the stack. */
export function isStatement(operation: number): boolean {
  return (propertiesOf(operation) & STATEMENT) !== 0;
}

function propertiesOf(operation: number): number {
  return Number.parseInt(PROPERTIES.slice(2 * operation, 2 * operation + 2), 16);
}

/** A function of an image: where its code lies. */
interface CodeRange {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The code of an image: which function each place is of, and how many opcodes lead to it. */
export class ImageCode {
  /**
   * By the place behind an operation and its number: how many opcodes it is with the small numbers before it. These have no handler of their own in the
   * runtime, and as parts of one statement they are executed whenever it is.
   */
  readonly opcodes: Uint8Array;
  private readonly functions: readonly CodeRange[];
  private readonly functionAt: Uint16Array;

  /** `names`: the functions' names in the order of the image. Throws when there is an operation that the instruction set does not have. */
  constructor(image: Uint8Array, names: readonly string[]) {
    const view = new DataView(image.buffer, image.byteOffset, image.byteLength);
    const headers = view.getUint32(FUNCTION_HEADERS, true);
    const codeEnd = view.getUint32(CODE, true) + view.getUint32(CODE + 4, true);
    this.opcodes = new Uint8Array(codeEnd + 1);
    this.functionAt = new Uint16Array(codeEnd + 1);
    this.functions = names.map((name, index) => {
      const start = view.getUint32(headers + index * HEADER_BYTES, true);
      return { name, start, end: start + view.getUint32(headers + index * HEADER_BYTES + 4, true) };
    });
    this.functions.forEach(({ start, end }, index) => {
      this.functionAt.fill(index, start, end);
      this.decode(image, start, end);
    });
  }

  /** The function that the code at `place` is of. */
  functionOf(place: number): string {
    return this.functions[this.functionAt[place] ?? 0]?.name ?? "?";
  }

  private decode(image: Uint8Array, start: number, end: number): void {
    let smallNumbers = 0;
    for (let at = start; at < end;) {
      const operation = image[at++] ?? 0;
      if (operation >= FIRST_SMALL_NUMBER) smallNumbers++;
      else {
        // Padding at the end of a function.
        if (operation === 0) return;
        if (operation >= OPERATIONS_END) throw new Error(`no operation has the number ${operation}, at ${at}`);
        if ((propertiesOf(operation) & TAKES_NUMBER) !== 0) {
          const first = image[at++] ?? 0;
          if (first >= FIRST_LONG_NUMBER) at += (first & 3) + 1;
        }
        this.opcodes[at] = 1 + smallNumbers;
        smallNumbers = 0;
      }
    }
  }
}
