// The module `spectest` for modules of the library: what the test suite's scripts may import without defining it.

import { spectest } from '../script/spectest.ts';
import { type Extern, wrapExtern } from './externs.ts';
import type { Store } from './store.ts';

/** Fresh exports of `spectest`. Each call of its functions is a line for `print`: `3 : i32 1.5 : f32`. */
export function spectestImports(
  store: Store,
  print: (line: string) => void,
): Readonly<Record<string, Extern>> {
  return Object.fromEntries(
    [...spectest(store.core, print)].map(([name, core]) => [name, wrapExtern(store, core)]),
  );
}
