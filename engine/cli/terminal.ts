// Standard output and error: synchronous writes, so that nothing is lost when the process ends, and whether to colour.
import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';

export const STDOUT = 1;
export const STDERR = 2;

/** Writes all of `text`; ends the process quietly when the reader has gone away. */
export function writeTo(fd: number, text: string): void {
  writeBytesTo(fd, Buffer.from(text));
}

/** The same with bytes. */
export function writeBytesTo(fd: number, all: Uint8Array): void {
  let bytes = all;
  while (bytes.length > 0) {
    try {
      bytes = bytes.subarray(writeSync(fd, bytes));
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EPIPE') process.exit(0);
      // A pipe that does not block and is full: the reader needs a moment.
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}

/** Whether to write colours to `fd`: FORCE_COLOR decides, then NO_COLOR, then whether it is a terminal. */
export function wantsColors(
  fd: number,
  env: Readonly<Record<string, string | undefined>> = process.env,
): boolean {
  const force = env.FORCE_COLOR;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return isatty(fd) && env.TERM !== 'dumb';
}
