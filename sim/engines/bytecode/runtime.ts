import { isFrame } from "./foreign-frame";
import { FRAME_HEADER_BYTES } from "./jacdac-frame";

/** What a runtime tells its host while it runs. Called from inside the runtime: never call back into it. */
export interface RuntimeListener {
  /** A message of the program: the id of its server device (8 bytes) and the bytes after the topic; valid during the call only. */
  message(device: Uint8Array, data: DataView): void;
  /** A line of the runtime's log. */
  line(text: string): void;
  /** The runtime panicked with this code. */
  panic(code: number): void;
  /** A Jacdac frame that the program or the runtime itself sends; a copy. Left out: nobody is on the bus. */
  frame?(frame: Uint8Array): void;
}

/** The board was reset, by its own program or by somebody on the bus; the runtime is of no more use. */
export class RuntimeReset extends Error {}

/** Fills `bytes` with what the runtime takes for chance. */
export type FillRandom = (bytes: Uint8Array) => void;

interface RuntimeExports {
  memory: WebAssembly.Memory;
  malloc(bytes: number): number;
  free(pointer: number): void;
  emscripten_stack_init?(): void;
  __wasm_call_ctors?(): void;
  jd_em_set_device_id_string(pointer: number): void;
  jd_em_init(): void;
  jd_em_devs_deploy(pointer: number, bytes: number): number;
  jd_em_process(): number;
  jd_em_frame_received(pointer: number): number;
}

/** What `inject` says of bytes that are no frame. */
export const NO_FRAME = -100;

const FLASH_BYTES = 128 * 1024;
const LARGE_FRAME_DEVICE = 8;
const LARGE_FRAME_TOPIC = 16;
const SELF_DEVICE = "1989f4eee0ebe206";
/** Any date will do: the program sees only differences. */
const EPOCH_MS = 1e12;
/** At 0 ms a fiber that wakes "now" would have the wake time that means "never". */
const START_US = 1e6;

/**
 * One instance of the DeviceScript runtime under virtual time. The module is the one that the installed command-line tool carries;
 * this class supplies its imports. Time stands still except when `nowUs` is set.
 */
export class Runtime {
  /** Virtual time in µs. Whole milliseconds only, so that the program's `millis()` is exact. */
  nowUs = START_US;
  private readonly exports: RuntimeExports;
  private randomState = 0x2545f491;

  /** `fillRandom`: left out, the same bytes come in every run. */
  constructor(
    module: WebAssembly.Module,
    private readonly listener: RuntimeListener,
    private readonly fillRandom?: FillRandom,
  ) {
    this.exports = new WebAssembly.Instance(module, this.imports(module)).exports as unknown as RuntimeExports;
    this.exports.emscripten_stack_init?.();
    this.exports.__wasm_call_ctors?.();
    this.withBytes(new TextEncoder().encode(`${SELF_DEVICE}\0`), (pointer) => {
      this.exports.jd_em_set_device_id_string(pointer);
      return 0;
    });
    this.exports.jd_em_init();
  }

  /** Loads a program image and starts it. Returns 0, or the runtime's error. */
  deploy(image: Uint8Array): number {
    return this.withBytes(image, (pointer, bytes) => this.exports.jd_em_devs_deploy(pointer, bytes));
  }

  /** Hands a Jacdac frame to the runtime's bus. Returns 0 when it was taken; NO_FRAME: it is none, and nothing was done. */
  inject(frame: Uint8Array): number {
    if (!isFrame(frame)) return NO_FRAME;
    return this.withBytes(frame, (pointer) => this.exports.jd_em_frame_received(pointer));
  }

  /** One turn of the firmware's main loop. Returns for how many µs it is willing to sleep. */
  process(): number {
    return this.exports.jd_em_process();
  }

  private withBytes(bytes: Uint8Array, use: (pointer: number, length: number) => number): number {
    const pointer = this.exports.malloc(bytes.length);
    new Uint8Array(this.exports.memory.buffer).set(bytes, pointer);
    const result = use(pointer, bytes.length);
    this.exports.free(pointer);
    return result;
  }

  private heap(): Uint8Array {
    return new Uint8Array(this.exports.memory.buffer);
  }

  private text(pointer: number): string {
    const heap = this.heap();
    let end = pointer;
    while (heap[end] !== 0 && end - pointer < 1024) end++;
    return new TextDecoder().decode(heap.subarray(pointer, end));
  }

  /** The same bytes in every run (xorshift32): a scenario must replay. */
  private random(pointer: number, bytes: number): void {
    const heap = this.heap();
    if (this.fillRandom !== undefined) {
      const drawn = new Uint8Array(bytes);
      this.fillRandom(drawn);
      heap.set(drawn, pointer);
      return;
    }
    for (let i = 0; i < bytes; i++) {
      let x = this.randomState;
      x ^= x << 13;
      x ^= x >>> 17;
      x ^= x << 5;
      this.randomState = x >>> 0;
      heap[pointer + i] = x & 0xff;
    }
  }

  private sentFrame(pointer: number): void {
    if (this.listener.frame === undefined) return;
    const heap = this.heap();
    this.listener.frame(heap.slice(pointer, pointer + FRAME_HEADER_BYTES + (heap[pointer + 2] ?? 0)));
  }

  private largeFrame(pointer: number, bytes: number): void {
    const heap = this.heap();
    let topicEnd = pointer + LARGE_FRAME_TOPIC;
    while (heap[topicEnd] !== 0) topicEnd++;
    const from = topicEnd + 1;
    const device = heap.subarray(pointer + LARGE_FRAME_DEVICE, pointer + LARGE_FRAME_TOPIC);
    this.listener.message(device, new DataView(heap.buffer, from, pointer + bytes - from));
  }

  private imports(module: WebAssembly.Module): WebAssembly.Imports {
    const stop = (why: string) => (): never => {
      throw new Error(`the runtime stopped: ${why}`);
    };
    const functions: Record<string, (...args: number[]) => number | undefined> = {
      em_time_now: () => EPOCH_MS + this.nowUs / 1000,
      em_send_frame: (pointer = 0) => void this.sentFrame(pointer),
      em_send_large_frame: (pointer = 0, bytes = 0) => void this.largeFrame(pointer, bytes),
      em_print_dmesg: (pointer = 0) => void this.listener.line(this.text(pointer)),
      _devs_panic_handler: (code = 0) => void this.listener.panic(code),
      em_deploy_handler: () => undefined,
      em_flash_size: () => FLASH_BYTES,
      em_flash_load: () => undefined,
      em_flash_save: () => undefined,
      em_jd_crypto_get_random: (pointer = 0, bytes = 0) => void this.random(pointer, bytes),
      _jd_tcpsock_new: () => -1,
      _jd_tcpsock_write: () => -10,
      _jd_tcpsock_close: () => -10,
      _jd_tcpsock_is_available: () => 0,
      abort: stop("abort"),
      exit: () => {
        throw new RuntimeReset("the board was reset");
      },
      proc_exit: stop("exit"),
      emscripten_memcpy_big: (to = 0, from = 0, bytes = 0) => void this.heap().copyWithin(to, from, from + bytes),
      emscripten_resize_heap: stop("out of memory"),
      fd_close: () => 0,
      fd_seek: () => 70,
      fd_write: (_fd = 0, vectors = 0, count = 0, written = 0) => this.discardOutput(vectors, count, written),
    };
    const imports: WebAssembly.Imports = {};
    for (const wanted of WebAssembly.Module.imports(module)) {
      const supplied = functions[wanted.name];
      if (supplied === undefined)
        throw new Error(`the runtime wants ${wanted.name}, which this simulator does not know`);
      (imports[wanted.module] ??= {})[wanted.name] = supplied;
    }
    return imports;
  }

  private discardOutput(vectors: number, count: number, written: number): number {
    const view = new DataView(this.exports.memory.buffer);
    let bytes = 0;
    for (let i = 0; i < count; i++) bytes += view.getUint32(vectors + i * 8 + 4, true);
    view.setUint32(written, bytes, true);
    return 0;
  }
}
