// Reading source texts from files, and writing files, with errors that say in one line what is wrong.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A source text could not be read; the message is one line for the user. */
export class SourceFileError extends Error {}

/** The text of a file of UTF-8; a byte order mark is dropped. Throws a SourceFileError. */
export function readSourceFile(path: string): string {
  return decodeSource(readFileBytes(path), path);
}

/** The bytes of a file. Throws a SourceFileError. */
export function readFileBytes(path: string): Uint8Array {
  try {
    if (statSync(path).isDirectory()) throw new SourceFileError(`${path} is a directory`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof SourceFileError) throw error;
    throw new SourceFileError(reasonOf(path, error, 'read'));
  }
}

/** Writes a file, in place of one that is there. Throws a SourceFileError. */
export function writeFileBytes(path: string, bytes: Uint8Array): void {
  try {
    writeFileSync(path, bytes);
  } catch (error) {
    throw new SourceFileError(reasonOf(path, error, 'write'));
  }
}

/** The text of bytes in UTF-8. Throws a SourceFileError that names `name`. */
export function decodeSource(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // The decoder throws for nothing but malformed bytes.
    throw new SourceFileError(`${name} is not valid UTF-8 (byte ${firstBadByte(bytes)})`);
  }
}

/** The file of a module name: a path or a `file:` URL. */
export function pathOfName(name: string): string {
  return name.startsWith('file:') ? fileURLToPath(name) : name;
}

function reasonOf(path: string, error: unknown, verb: 'read' | 'write'): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return `cannot find ${path}`;
    case 'EACCES':
    case 'EPERM':
      return `no permission to ${verb} ${path}`;
    case 'EISDIR':
      return `${path} is a directory`;
    default:
      return `cannot ${verb} ${path}: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** The offset of the first byte that is not part of well-formed UTF-8. */
function firstBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  // The longest prefix that decodes (it may stop within a character) ends before the bad byte.
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      low = middle;
    } catch {
      // This prefix holds the bad byte.
      high = middle - 1;
    }
  }
  return low;
}
