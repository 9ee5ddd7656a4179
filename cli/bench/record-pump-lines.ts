import { PumpLogChanged } from "../../bench/record/node/pump-log-file";
import type { PumpLogFile } from "../../bench/record/node/pump-log-file";
import { RECORDING_FILES } from "../../bench/record/manifest";
import { BadInput } from "../../config/bad-input";

/** The lines of the pump's log on their way to their file, which is opened after the pump has begun to speak. */
export class PumpLines {
  private early: string[] = [];
  private file: PumpLogFile | undefined;
  private isEnded = false;

  /** Takes a line. Throws `BadInput` when the file holds the log of another pump. */
  add(line: string): void {
    if (this.isEnded) return;
    if (this.file === undefined) {
      this.early.push(line);
      return;
    }
    try {
      this.file.add(line);
    } catch (error) {
      if (error instanceof PumpLogChanged) throw new BadInput(RECORDING_FILES.pumpLog, 0, error.message);
      throw error;
    }
  }

  /** From here on lines go to `file`, first those that came before. */
  writeTo(file: PumpLogFile): void {
    this.file = file;
    for (const line of this.early) this.add(line);
    this.early = [];
  }

  /** Leaves out what a pump still says when it is switched off before its time: it is not in the log of a whole run. */
  end(): void {
    this.isEnded = true;
  }
}
