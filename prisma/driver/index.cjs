/**
 * The SQLite driver for the Node that runs. 13 is one binary for every Node from 22.14 on and stands ready in its package;
 * 12 is for Node 20 alone, has to be built for it, and aborts on Node 24.19 and newer.
 */
const { createRequire } = require("node:module");

const [major] = process.versions.node.split(".").map(Number);

// Not seen by a bundler, which would miss the one that npm has left out for this Node.
const load = createRequire(__filename);
module.exports = load(major < 22 ? "better-sqlite3-12" : "better-sqlite3-13");
