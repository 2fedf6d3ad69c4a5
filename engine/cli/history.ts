// The lines typed into the REPL, kept in the user's state folder. A folder that cannot be written to costs the history
// and nothing else.
import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';

const MAX_LINES = 1000;

/** The history file: in $XDG_STATE_HOME, or ~/.local/state by default. */
export function historyPath(env: Readonly<Record<string, string | undefined>> = process.env): string {
  const state = env.XDG_STATE_HOME;
  // The specification of the variable says to ignore relative paths.
  const folder =
    state !== undefined && isAbsolute(state)
      ? state
      : join(env.HOME ?? env.USERPROFILE ?? '.', '.local', 'state');
  return join(folder, 'kataan', 'history');
}

export class History {
  private readonly path: string;
  private isWritable = true;

  constructor(path: string) {
    this.path = path;
  }

  /** Earlier lines, the latest first. Shortens the file when it has grown long. */
  load(): string[] {
    let lines: string[];
    try {
      lines = readFileSync(this.path, 'utf8')
        .split('\n')
        .filter((line) => line !== '');
    } catch {
      // No history yet, or none that can be read: start without.
      return [];
    }
    if (lines.length > 2 * MAX_LINES)
      this.write(() => writeFileSync(this.path, `${lines.slice(-MAX_LINES).join('\n')}\n`));
    return lines.slice(-MAX_LINES).reverse();
  }

  add(line: string): void {
    if (line.trim() === '') return;
    this.write(() => {
      makeFolder(dirname(this.path));
      appendFileSync(this.path, `${line}\n`, { mode: 0o600 });
    });
  }

  private write(act: () => void): void {
    if (!this.isWritable) return;
    try {
      act();
    } catch {
      // A read-only home or a full disk: the session goes on without a record.
      this.isWritable = false;
    }
  }
}

/** Level by level: the recursive mkdir of Node 20 does not return for a place such as /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: 0o700 });
}
