/**
 * The SQLite driver for the Node that runs. 13 is one binary for every Node from 22.14 on and stands ready in its package;
 * 12 is for Node 20 alone, has to be built for it, and aborts on Node 24.19 and newer.
 */
const [major] = process.versions.node.split(".").map(Number);

module.exports = major < 22 ? require("better-sqlite3-12") : require("better-sqlite3-13");
