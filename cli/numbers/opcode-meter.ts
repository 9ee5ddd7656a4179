import type { Runtime } from "../../sim/engines/bytecode/runtime";
import { isStatement, Operation, OPERATIONS } from "./image-code";
import type { ImageCode } from "./image-code";

/** What the program did between two awaits: one run of one fiber. */
export interface Slice {
  /** Virtual time, in µs since the runtime's start. */
  readonly atUs: number;
  /** The function that the fiber began with. */
  readonly fiber: string;
  /** The function in which it ended, to sleep or for good. */
  readonly endedIn: string;
  /** Opcodes executed. */
  readonly opcodes: number;
  /** Calls of functions of the program. */
  readonly calls: number;
  /** Object and list literals and buffers. */
  readonly literals: number;
  /** The same by function: opcodes of its own, times that it was called. */
  readonly functions: ReadonlyMap<string, FunctionShare>;
}

/** A function's part of a slice. */
export interface FunctionShare {
  opcodes: number;
  calls: number;
  literals: number;
}

interface Instruments {
  readonly memory: WebAssembly.Memory;
  readonly __indirect_function_table: WebAssembly.Table;
}

// devs_activation_t in the runtime's 32 bits: header, pc, end of the function, closure, caller.
const PC = 4;
const CALLER = 12;
/** The runtime's own state is a few hundred bytes. */
const STATE_BYTES = 1024;

/**
 * Counts what the unmodified runtime executes, opcode by opcode: it reaches the handler of each operation through its function table, and there stands a
 * counter in front of each. Opcodes that put a small number onto the stack have no handler: {@link ImageCode} adds them.
 */
export class OpcodeMeter {
  /** Finished slices, oldest first. */
  readonly slices: Slice[] = [];
  private readonly memory: WebAssembly.Memory;
  private words = new Uint32Array();
  private halves = new Uint16Array();
  private shares = new Map<string, FunctionShare>();
  private fiber = "";
  /** Word of the runtime's state that points to the function under way; found by looking; 0: not found yet. */
  private underWay = 0;
  private candidates: number[] = [];

  /** `runtime`: before its first turn. */
  constructor(
    private readonly runtime: Runtime,
    private readonly code: ImageCode,
  ) {
    const instruments = runtime["exports"] as unknown as Instruments;
    this.memory = instruments.memory;
    const table = instruments.__indirect_function_table;
    const handlers = this.handlerTable(table);
    for (const operation of OPERATIONS) {
      const place = this.words[handlers + operation] ?? 0;
      table.set(place, this.shimFor(operation, table.get(place) as CallableFunction));
    }
  }

  /** Where the runtime keeps the handlers of its operations: the only place with as many functions of the right form in a row. */
  private handlerTable(table: WebAssembly.Table): number {
    this.look();
    const forms = Array.from(
      { length: table.length },
      (_, i) => (table.get(i) as CallableFunction | null)?.length ?? -1,
    );
    const isHandler = (at: number, operation: number): boolean =>
      forms[this.words[at + operation] ?? 0] === parametersOf(operation);
    for (let at = 1; at < this.words.length; at++)
      if (OPERATIONS.every((operation) => isHandler(at, operation))) return at;
    throw new Error("the handlers of the runtime's operations are not where they are expected");
  }

  private look(): void {
    this.words = new Uint32Array(this.memory.buffer);
    this.halves = new Uint16Array(this.memory.buffer);
  }

  private shimFor(operation: number, handler: CallableFunction): CallableFunction {
    const module = new WebAssembly.Module(shimBytes(parametersOf(operation)));
    const before = (frame: number, state: number): void => this.before(operation, frame, state);
    const after = (frame: number, state: number): void => this.after(frame, state);
    const instance = new WebAssembly.Instance(module, { e: { b: before, h: handler as never, a: after } });
    return instance.exports["f"] as CallableFunction;
  }

  private share(place: number): FunctionShare {
    const name = this.code.functionOf(place);
    let share = this.shares.get(name);
    if (share === undefined) {
      share = { opcodes: 0, calls: 0, literals: 0 };
      this.shares.set(name, share);
    }
    return share;
  }

  private before(operation: number, frame: number, state: number): void {
    if (this.words.buffer !== this.memory.buffer) this.look();
    const place = this.placeOf(frame);
    if (this.shares.size === 0) this.fiber = this.bottomOf(frame);
    const share = this.share(place);
    share.opcodes += this.code.opcodes[place] ?? 0;
    if (operation >= Operation.allocMap && operation <= Operation.allocBuffer) share.literals++;
    if (this.underWay === 0) this.find(frame, state);
  }

  private after(frame: number, state: number): void {
    if (this.underWay === 0) return;
    const now = this.words[state / 4 + this.underWay] ?? 0;
    if (now === frame) return;
    if (now === 0) this.endSlice(frame);
    else if (this.words[(now + CALLER) / 4] === frame) this.share(this.placeOf(now)).calls++;
  }

  /** Whatever always points to the function that is under way. */
  private find(frame: number, state: number): void {
    const points = (word: number): boolean => this.words[state / 4 + word] === frame;
    if (this.candidates.length === 0)
      this.candidates = Array.from({ length: STATE_BYTES / 4 }, (_, word) => word).filter(points);
    else this.candidates = this.candidates.filter(points);
    const [only, other] = this.candidates;
    if (only === undefined) throw new Error("the runtime's state is not as it is expected");
    if (other === undefined) this.underWay = only;
  }

  private placeOf(frame: number): number {
    return this.halves[(frame + PC) / 2] ?? 0;
  }

  private bottomOf(frame: number): string {
    let bottom = frame;
    for (let caller = frame; caller !== 0; caller = this.words[(caller + CALLER) / 4] ?? 0) bottom = caller;
    return this.code.functionOf(this.placeOf(bottom) - 1);
  }

  private endSlice(frame: number): void {
    const functions = this.shares;
    this.shares = new Map();
    const sum = (of: keyof FunctionShare): number =>
      [...functions.values()].reduce((total, share) => total + share[of], 0);
    this.slices.push({
      atUs: this.runtime.nowUs,
      fiber: this.fiber,
      endedIn: this.code.functionOf(this.placeOf(frame) - 1),
      opcodes: sum("opcodes"),
      calls: sum("calls"),
      literals: sum("literals"),
      functions,
    });
  }
}

/** A handler takes the function under way and the runtime's state; one that has a result takes first where to put it. */
function parametersOf(operation: number): number {
  return isStatement(operation) ? 2 : 3;
}

/** A module of one function that calls `b` with the last two of its parameters, then `h` with all, then `a` with the last two. */
function shimBytes(parameters: number): Uint8Array<ArrayBuffer> {
  const i32s = (count: number): number[] => [count, ...new Array<number>(count).fill(0x7f)];
  const section = (id: number, bytes: number[]): number[] => [id, bytes.length, ...bytes];
  const name = (text: string): number[] => [text.length, ...Buffer.from(text)];
  const imported = (text: string, type: number): number[] => [...name("e"), ...name(text), 0, type];
  const get = (parameter: number): number[] => [0x20, parameter];
  const last = [...get(parameters - 2), ...get(parameters - 1)];
  const all = Array.from({ length: parameters }, (_, parameter) => get(parameter)).flat();
  const body = [0, ...last, 0x10, 0, ...all, 0x10, 1, ...last, 0x10, 2, 0x0b];
  return new Uint8Array([
    ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [2, 0x60, ...i32s(2), 0, 0x60, ...i32s(parameters), 0]),
    ...section(2, [3, ...imported("b", 0), ...imported("h", 1), ...imported("a", 0)]),
    ...section(3, [1, 1]),
    ...section(7, [1, ...name("f"), 0, 3]),
    ...section(10, [1, body.length, ...body]),
  ]);
}
