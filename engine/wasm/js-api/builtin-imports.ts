// What a module may import without anybody giving it: the JS string builtins, and strings as constants. Compile options
// switch them on; a module whose imports do not have the types of the builtins is refused when it is compiled.
// https://webassembly.github.io/spec/js-api/#builtins

import type { ImportDesc } from '../format/module.ts';
import { EXTERNREF, type GlobalType, HEAP_EXTERN, refType } from '../format/types.ts';
import { type Extern, FuncInst, GlobalInst } from '../runtime/instances.ts';
import type { ValidModule } from '../validate/validate-module.ts';
import type { WebAssemblyState } from './state.ts';
import { type StringBuiltin, stringBuiltins, stringBuiltinType } from './string-builtins.ts';

/** WebAssemblyCompileOptions — https://webassembly.github.io/spec/js-api/#dictdef-webassemblycompileoptions */
export interface CompileOptions {
  readonly builtins: readonly string[];
  /** The name of the module whose imports are strings; null: there is none. */
  readonly importedStringConstants: string | null;
}

export const NO_OPTIONS: CompileOptions = { builtins: [], importedStringConstants: null };

export type BuiltinImport =
  | { readonly kind: 'function'; readonly builtin: StringBuiltin }
  | { readonly kind: 'string'; readonly value: string };

const JS_STRING = 'js-string';
const NON_NULL_EXTERNREF = refType(HEAP_EXTERN, false);

/**
 * By index of the import, what the options provide; null for the others. A string instead: why the module cannot be
 * compiled with the options — https://webassembly.github.io/spec/js-api/#validate-builtins-and-imported-strings
 */
export function builtinImportsOf(
  state: WebAssemblyState,
  { module, context }: ValidModule,
  { builtins, importedStringConstants }: CompileOptions,
): readonly (BuiltinImport | null)[] | string {
  if (new Set(builtins).size < builtins.length) return 'a set of builtins is named twice';
  const { registry } = state.store;
  const next = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
  const found: (BuiltinImport | null)[] = [];
  for (const { module: from, name, desc } of module.imports) {
    const index = next[desc.kind]++;
    if (from === importedStringConstants) {
      if (!isStringType(desc)) return `string constant "${name}" must be an immutable externref`;
      found.push({ kind: 'string', value: name });
      continue;
    }
    const builtin =
      from === `wasm:${JS_STRING}` && builtins.includes(JS_STRING) ? stringBuiltins.get(name) : undefined;
    if (builtin === undefined) {
      found.push(null);
      continue;
    }
    const own = stringBuiltinType(state, builtin);
    if (desc.kind !== 'func' || !registry.isSubtype(own.id, context.funcs[index]?.type as number))
      return `builtin "${from}" "${name}" has another type`;
    found.push({ kind: 'function', builtin });
  }
  return found;
}

function isStringType(desc: ImportDesc): boolean {
  if (desc.kind !== 'global' || desc.type.isMutable) return false;
  return desc.type.type === EXTERNREF || desc.type.type === NON_NULL_EXTERNREF;
}

const STRING_GLOBAL: GlobalType = { type: NON_NULL_EXTERNREF, isMutable: false };

/** The instance that an import of the kind gets. `index` is that of the function in its module. */
export function instantiateBuiltin(state: WebAssemblyState, provided: BuiltinImport, index: number): Extern {
  if (provided.kind === 'string') {
    const global = new GlobalInst(STRING_GLOBAL);
    global.ref = provided.value;
    return global;
  }
  const { builtin } = provided;
  const data = { state, index, F: null };
  return new FuncInst(stringBuiltinType(state, builtin), null, null, builtin.code, data);
}
