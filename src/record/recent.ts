import { zeros } from "../units";

/** The last entries of something, three or four numbers each, in fixed memory; the oldest is overwritten first. */
export class Recent {
  /** Entries since the pump was started. */
  count = 0;
  /** All kept entries, `width` numbers each. */
  readonly numbers: number[];

  /** Keeps the last `most` entries of `width` numbers. */
  constructor(
    readonly most: number,
    readonly width: number,
  ) {
    this.numbers = zeros(most * width);
  }

  /** Keeps one entry; returns where in `numbers` it begins. */
  keep(a: number, b: number, c: number, d: number): number {
    const numbers = this.numbers;
    this.count = this.count + 1;
    const at = this.place(0);
    numbers[at] = a;
    numbers[at + 1] = b;
    numbers[at + 2] = c;
    if (this.width > 3) numbers[at + 3] = d;
    return at;
  }

  /** Where in `numbers` the entry begins that is `ago` entries before the last; 0 to the smaller of count and most, less 1. */
  place(ago: number): number {
    const index = this.count - 1 - ago;
    return (index - Math.floor(index / this.most) * this.most) * this.width;
  }
}
