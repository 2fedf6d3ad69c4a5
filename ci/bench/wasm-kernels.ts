// The kernels of `npm run bench -- --suite wasm`: text modules under corpora/bench-wasm/, each with a function `run` of one
// i32, its size, and what it must give. Lines at the top: `;; about:`, `;; size:`, `;; expect:`.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Kernel {
  readonly name: string;
  readonly about: string;
  readonly text: string;
  readonly size: number;
  /** The result as text: a number, or a bigint's digits. */
  readonly expect: string;
}

/** All kernels, by name. Throws an Error that names the file whose head is not as it should be. */
export function readKernels(checkout: string): Kernel[] {
  const folder = join(checkout, 'corpora/bench-wasm');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.wat'))
    .sort()
    .map((file) => {
      const text = readFileSync(join(folder, file), 'utf8');
      const line = (key: string): string => {
        const found = new RegExp(`^;; ${key}: (.*)$`, 'm').exec(text)?.[1];
        if (found === undefined) throw new Error(`corpora/bench-wasm/${file} has no line ';; ${key}: …'`);
        return found;
      };
      return {
        name: file.replace('.wat', ''),
        about: line('about'),
        text,
        size: Number(line('size')),
        expect: line('expect'),
      };
    });
}
