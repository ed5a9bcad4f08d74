/** Whether something that is named can be read without waiting for ever: a pipe that nobody writes to cannot, nor a device. What a shell hands over is a pipe, too. */
import type { Stats } from "node:fs";

export const isReadAtOnce = (name: string, stat: Stats): boolean =>
  stat.isFile() || stat.isDirectory() || /^\/dev\/(?:fd\/\d+|stdin|null)$/.test(name);
