#!/usr/bin/env node
// The `minim` command: gets the checkout ready when something is missing or old, then hands over to the compiled
// command. Written in old JavaScript, so that an old Node reads it far enough to be told that it is too old.
import { requireNode } from "./node-version.mjs";

requireNode();
import("./prepare.mjs")
  .then(function (preparation) {
    return preparation.prepareOrExit();
  })
  .then(function (bundle) {
    return import(bundle.commandUrl);
  });
