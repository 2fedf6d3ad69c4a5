// Programs of tests that run in processes of little memory, where ending well is half of what is expected.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect } from 'vitest';

/** A program of engine/test/ in one file. Removed by `remove`. */
export class ChildProgram {
  private readonly folder: string;
  private readonly file: string;

  private constructor(folder: string, file: string) {
    this.folder = folder;
    this.file = file;
  }

  /** Bundles `source`, a path below engine/test/. */
  static async of(source: string): Promise<ChildProgram> {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kataan-child-')));
    const file = join(folder, 'child.mjs');
    await build({
      entryPoints: [fileURLToPath(new URL(source, import.meta.url))],
      outfile: file,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'silent',
    });
    return new ChildProgram(folder, file);
  }

  /** The lines of JSON that it prints under a heap of so many megabytes; that it ends well is expected. */
  linesOf<Line>(heapMb: number, args: readonly string[], timeoutMs: number): Line[] {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [`--max-old-space-size=${heapMb}`, this.file, ...args],
      { encoding: 'utf8', timeout: timeoutMs },
    );
    const lines = stdout.split('\n').slice(0, -1);
    expect(status, `after ${lines[lines.length - 1]}: ${stderr.slice(0, 500)}`).toBe(0);
    return lines.map((line) => JSON.parse(line) as Line);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
