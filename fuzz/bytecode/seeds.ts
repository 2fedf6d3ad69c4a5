// The programs that mutations start from: small ones that between them use every opcode.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileProgram } from '../../engine/engine.ts';

export interface Seed {
  readonly name: string;
  readonly source: string;
  readonly goal: 'script' | 'module';
  readonly bytes: Uint8Array;
}

/** The programs of a folder in the order of their names, compiled. */
export function readSeeds(folder: string): Seed[] {
  return readdirSync(folder)
    .filter((name) => /\.m?js$/.test(name))
    .sort()
    .map((name) => {
      const source = readFileSync(join(folder, name), 'utf8');
      const goal = name.endsWith('.mjs') ? 'module' : 'script';
      const compiled = compileProgram(source, name, goal);
      if (!compiled.ok) throw new Error(`${name}: ${compiled.error.message} in line ${compiled.error.line}`);
      return { name, source, goal, bytes: compiled.program.toBytes() };
    });
}
