// Gets the checkout ready (packages, DeviceScript's library files, compiled host code) and says nothing when it is.
// `npm start` and `npm test` run it first.
import { requireNode } from "./node-version.mjs";

requireNode();
import("./prepare.mjs").then(function (preparation) {
  return preparation.prepareOrExit();
});
