// The modules that `npm run bench -- --suite wasm` instantiates: what development dependencies bring along.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '../../engine/wasm/wasm.ts';
import type { ImportStubs } from './wasm-engines.ts';

/** By name, under node_modules/. */
const FILES = {
  'sql.js': 'sql.js/dist/sql-wasm.wasm',
  'quickjs, asyncify': '@jitl/quickjs-wasmfile-release-asyncify/dist/emscripten-module.wasm',
  'quickjs, debug': '@jitl/quickjs-wasmfile-debug-sync/dist/emscripten-module.wasm',
} as const;

export interface BenchModule {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export function readModules(checkout: string): BenchModule[] {
  return Object.entries(FILES).map(([name, file]) => ({
    name,
    bytes: new Uint8Array(readFileSync(join(checkout, 'node_modules', file))),
  }));
}

/** Stubs for all that a module imports. Throws an Error for what it has none for. */
export function importStubs(bytes: Uint8Array): ImportStubs {
  return new Module(bytes).imports.map(({ module, name, extern }) => {
    if (extern.kind === 'func') return [module, name, { kind: 'func' }];
    if (extern.kind === 'memory') {
      const { min, max } = extern.type;
      return [module, name, { kind: 'memory', min: Number(min), max: max == null ? undefined : Number(max) }];
    }
    throw new Error(`no stub for the ${extern.kind} that is imported as "${module}" "${name}"`);
  });
}

/** The same module in other bytes, so that no engine knows it already: with a custom section that holds a number. */
export function freshCopy(bytes: Uint8Array, number: number): Uint8Array {
  const copy = new Uint8Array(bytes.length + 8);
  copy.set(bytes);
  copy.set([0, 6, 1, 'n'.charCodeAt(0), number, number >> 8, number >> 16, number >> 24], bytes.length);
  return copy;
}
