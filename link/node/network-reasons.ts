/** Why a network connection failed, by Node's error code; `refused`: what stands behind "nothing listens there". */
export function networkReasons(refused: string): Partial<Record<string, string>> {
  return {
    ECONNREFUSED: `nothing listens there: ${refused}`,
    ENOTFOUND: "there is no such host",
    EAI_AGAIN: "the host's name cannot be looked up: is the network there?",
    EHOSTUNREACH: "the host cannot be reached",
    ENETUNREACH: "the network cannot be reached",
    ETIMEDOUT: "the host does not answer",
    ECONNRESET: "the other end broke the connection off",
    EPIPE: "the other end broke the connection off",
  };
}
