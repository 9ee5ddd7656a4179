import { complain } from "./complaint";
import { main } from "./main";
import { processTerminal } from "./terminal";

const args = process.argv.slice(2);
const terminal = processTerminal();
// What no command could catch, such as a disk that fills up under stdout, is told in one line too. Ctrl-C keeps its own
// meaning: the process ends by the signal, also in the middle of a run, and a shell reports 130.
process.on("uncaughtException", (failure) => process.exit(complain(failure, terminal, args.includes("--json"))));
process.exitCode = await main(args, terminal);
