// Read by whatever Node somebody has, so it is written in old JavaScript.

/** The oldest Node that Minim and its tools (ESLint, Vite) run on: major and minor version. */
var OLDEST_NODE = [20, 19];

/** Ends the process, with one clear line and exit code 2, when this Node is too old. */
export function requireNode() {
  var version = process.versions.node;
  var parts = version.split(".");
  var major = Number(parts[0]);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && Number(parts[1]) >= OLDEST_NODE[1])) return;
  var wanted = OLDEST_NODE.join(".");
  process.stderr.write("minim needs Node " + wanted + " or newer; this is Node " + version + " (https://nodejs.org)\n");
  process.exit(2);
}
