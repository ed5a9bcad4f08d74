/** What is wrong with how a command was called: told in a line, with exit code 2. */
export class UsageError extends Error {}
