import type { BalanceAnswer, BalanceProtocol, BalanceQuestion } from "./balance-answer";
import { ConnectionFailure } from "./balance-connection";
import type { BalanceConnection } from "./balance-connection";
import type { Timers } from "./timers";

/** Where a question goes. */
export interface QuestionPorts {
  readonly connection: BalanceConnection;
  readonly protocol: BalanceProtocol;
  readonly timers: Timers;
}

interface PendingQuestion {
  readonly question: BalanceQuestion;
  readonly finish: (answer: BalanceAnswer | undefined) => void;
}

/** The one question to a balance that waits for its answer: balances lose what is sent back to back. */
export class QuestionUnderWay {
  private pending: PendingQuestion | undefined;

  /** @param broken is told why when the connection breaks at the question */
  constructor(
    private readonly ports: QuestionPorts,
    private readonly broken: (why: string) => void,
  ) {}

  /**
   * Asks; resolves with the answer, or undefined when the protocol has no such question, none came within `patienceMs` of wall time, or it was given up.
   * Throws when another one is under way.
   */
  ask(question: BalanceQuestion, patienceMs: number): Promise<BalanceAnswer | undefined> {
    const { protocol, connection, timers } = this.ports;
    const text = protocol.ask(question);
    if (text === undefined) return Promise.resolve(undefined);
    if (this.pending !== undefined) throw new Error("a balance is asked one question at a time");
    return new Promise((resolve, reject) => {
      const takeBack = timers.after(patienceMs, () => finish(undefined));
      const finish = (answer: BalanceAnswer | undefined): void => {
        takeBack();
        this.pending = undefined;
        resolve(answer);
      };
      this.pending = { question, finish };
      connection.write(text).catch((error: unknown) => {
        if (error instanceof ConnectionFailure) this.broken(error.message);
        else reject(error instanceof Error ? error : new Error(String(error)));
      });
    });
  }

  /** Whether a line answers a question for who the balance is, a refusal too. An identity without being asked does not. */
  isGreeting(heard: BalanceAnswer): boolean {
    const { pending } = this;
    return pending !== undefined && asksIdentity(pending.question) && isAnswer(pending.question, heard);
  }

  /** Takes a line: the question is over if this is its answer. */
  hear(heard: BalanceAnswer): void {
    const { pending } = this;
    if (pending !== undefined && isAnswer(pending.question, heard)) pending.finish(heard);
  }

  /** Nobody will answer any more. */
  giveUp(): void {
    this.pending?.finish(undefined);
  }
}

function asksIdentity(question: BalanceQuestion): boolean {
  return question === "identity" || question === "serialNumber" || question === "cancel";
}

/** Noise answers nothing, and who it is no question for a weight. A balance that refuses has answered. */
function isAnswer(question: BalanceQuestion, answer: BalanceAnswer): boolean {
  if (answer.kind === "unknown") return false;
  return asksIdentity(question) ? answer.kind === "identity" || answer.kind === "refused" : answer.kind !== "identity";
}
