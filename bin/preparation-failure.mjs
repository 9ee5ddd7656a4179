/** A step of the set-up failed. The message is one line that says what to do; `output` is what the step printed. */
export class PreparationFailure extends Error {
  constructor(message, output = "") {
    super(message);
    this.output = output;
  }
}
