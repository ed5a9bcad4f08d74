/** A folder for what tests write and throw away: in memory where the machine has room there, as each commit waits for the disk otherwise. What a kill or a full disk leaves is the same. */
import { existsSync, statfsSync } from "node:fs";
import { tmpdir } from "node:os";

const IN_MEMORY = "/dev/shm";
/** Far more than all tests at once write; a container gives 64 MB unless asked. */
const ENOUGH_BYTES = 2_000_000_000;

export function memoryFolder(): string {
  if (!existsSync(IN_MEMORY)) return tmpdir();
  const { bavail, bsize } = statfsSync(IN_MEMORY);
  return bavail * bsize > ENOUGH_BYTES ? IN_MEMORY : tmpdir();
}
