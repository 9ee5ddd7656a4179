/**
 * Which folder may import from which others. Inside itself a folder may import all it likes, but never in a circle.
 * `npm run imports` checks it.
 */
const MAY_IMPORT = {
  src: [],
  boards: ["src"],
  config: ["src"],
  toolchain: ["config"],
  sim: ["src", "config", "toolchain"],
  link: ["src", "config"],
  bench: ["src", "config", "sim", "link"],
  console: ["src", "config", "sim", "link", "bench"],
  cli: ["src", "config", "toolchain", "sim", "link", "bench", "console"],
};

const FOLDERS = Object.keys(MAY_IMPORT);
const anyOf = (folders) => `^(${folders.join("|")})/`;

const folderRules = Object.entries(MAY_IMPORT).map(([folder, others]) => ({
  name: others.length === 0 ? `${folder}-imports-no-other-folder` : `${folder}-imports-only-${others.join("-")}`,
  severity: "error",
  from: { path: `^${folder}/` },
  to: { path: anyOf([...FOLDERS, "tests", "bin"]), pathNot: anyOf([folder, ...others]) },
}));

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    ...folderRules,
    {
      name: "src-imports-nothing-from-outside-src",
      severity: "error",
      from: { path: "^src/" },
      to: { pathNot: "^src/" },
    },
    {
      name: "only-boards-import-devicescript",
      severity: "error",
      from: { pathNot: "^boards/" },
      to: { path: "^(node_modules/)?@(devicescript|dsboard)/" },
    },
    {
      name: "node-only-in-node-folders-cli-and-toolchain",
      comment: "everything else must also run in a web page",
      severity: "error",
      from: { path: anyOf(FOLDERS), pathNot: "^(cli|toolchain)/|/node/" },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "packages-are-named-in-package-json",
      severity: "error",
      from: { pathNot: "^boards/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    { name: "no-circles", severity: "error", from: {}, to: { circular: true } },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(\\.minim|\\.devicescript|coverage)/" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.host.json" },
    skipAnalysisNotInRules: true,
  },
};
