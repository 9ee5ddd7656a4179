import "../src/frequent-names";
import * as ds from "@devicescript/core";
import { reportRecent } from "../src/record/report";
import { ringEntries } from "../src/record/event-log";
import { changePart } from "../src/refill";
import { sameBytes } from "../src/service/packet-bytes";
import { putNumbers } from "../src/service/registers";
import { isDurable } from "../src/service/sealed-frame";
import {
  hintNoSession,
  lookAtAccess,
  noteAccess,
  resend,
  sayPlainly,
  sealAnswer,
  sealStatus,
  writeAccess,
} from "../src/service/service-parts";
import { EnableLine } from "./enable-line";
import { PulseStepper } from "./pulse-stepper";
import { wakeUp } from "./waiter";

// Functions that are called in many places, though the compiler would meet them late. As with names (`src/frequent-names`) the first 248 that it meets are
// named by one byte, the others by three; here it meets these early. A line costs nothing else: `ds.keep` leaves no code behind.
ds.keep(wakeUp);
ds.keep(putNumbers);
ds.keep(sayPlainly);
ds.keep(resend);
ds.keep(sealAnswer);
ds.keep(sealStatus);
ds.keep(writeAccess);
ds.keep(noteAccess);
ds.keep(hintNoSession);
ds.keep(lookAtAccess);
ds.keep(isDurable);
ds.keep(sameBytes);
ds.keep(ringEntries);
ds.keep(reportRecent);
ds.keep(PulseStepper);
ds.keep(EnableLine);
// For the sake of what it calls.
ds.keep(changePart);
