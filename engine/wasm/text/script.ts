// Scripts of the specification's test suite (`.wast`) as commands. Modules stay tokens or bytes until they are asked
// for, so that what is wrong with one concerns its own command only.
// https://github.com/WebAssembly/spec/tree/main/interpreter#scripts

import { decodeUtf8 } from '../format/byte-reader.ts';
import { decodeModule } from '../format/decode-module.ts';
import type { Features } from '../format/features.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import type { Module } from '../format/module.ts';
import { malformed } from '../format/module-error.ts';
import type { HeapType } from '../format/types.ts';
import type { Tokens } from './lexer.ts';
import { parseModule, parseModuleFields } from './module-parser.ts';

export type ModuleSource =
  | { readonly kind: 'text'; readonly tokens: Tokens; readonly start: number; readonly end: number }
  | { readonly kind: 'binary'; readonly bytes: Uint8Array }
  | { readonly kind: 'quote'; readonly bytes: Uint8Array };

export type NumberType = 'i32' | 'i64' | 'f32' | 'f64';

/** An argument. `words` are those of format/code.ts. */
export type ScriptValue =
  | { readonly kind: NumberType | 'v128'; readonly words: readonly number[] }
  | { readonly kind: 'null'; readonly heap: HeapType }
  /** A value of the host, as itself or as an external reference. */
  | { readonly kind: 'host' | 'extern'; readonly value: number };

/** A lane of a vector: bits, or a class of NaNs. */
export type LanePattern = bigint | 'canonical' | 'arithmetic';

export type ScriptResult =
  | ScriptValue
  | { readonly kind: 'nan'; readonly type: 'f32' | 'f64'; readonly isCanonical: boolean }
  | { readonly kind: 'lanes'; readonly bits: number; readonly lanes: readonly LanePattern[] }
  /** Any null, or any reference that is none, of a heap type. */
  | { readonly kind: 'anyNull' }
  | { readonly kind: 'ref'; readonly heap: HeapType }
  | { readonly kind: 'either'; readonly options: readonly ScriptResult[] };

export type Action =
  | {
      readonly kind: 'invoke';
      readonly instance: string | null;
      readonly name: string;
      readonly args: readonly ScriptValue[];
    }
  | { readonly kind: 'get'; readonly instance: string | null; readonly name: string };

export type Command = CommandBody & { readonly position: number };

type CommandBody =
  | {
      readonly kind: 'module';
      readonly isDefinition: boolean;
      readonly name: string | null;
      readonly module: ModuleSource;
    }
  | { readonly kind: 'instance'; readonly name: string | null; readonly module: string | null }
  | { readonly kind: 'register'; readonly as: string; readonly instance: string | null }
  | { readonly kind: 'action'; readonly action: Action }
  | { readonly kind: 'assert_return'; readonly action: Action; readonly results: readonly ScriptResult[] }
  | { readonly kind: 'assert_exception'; readonly action: Action }
  | { readonly kind: 'assert_trap' | 'assert_exhaustion'; readonly action: Action; readonly message: string }
  | { readonly kind: ModuleAssertion; readonly module: ModuleSource; readonly message: string };

export type ModuleAssertion =
  | 'assert_malformed'
  | 'assert_invalid'
  | 'assert_malformed_custom'
  | 'assert_invalid_custom'
  | 'assert_unlinkable'
  | 'assert_uninstantiable';

export const MODULE_ASSERTIONS: readonly string[] = [
  'assert_malformed',
  'assert_invalid',
  'assert_malformed_custom',
  'assert_invalid_custom',
  'assert_unlinkable',
];

/** The module of a command. Throws a ModuleError as the reader or parser it needs does. */
export function moduleOfSource(
  source: ModuleSource,
  features: Features,
  limits: ModuleLimits = DEFAULT_MODULE_LIMITS,
): Module {
  switch (source.kind) {
    case 'text':
      return parseModuleFields(source.tokens, source.start, source.end, features, limits);
    case 'binary':
      return decodeModule(source.bytes, features, limits);
    case 'quote':
      return parseModule(decodeUtf8(source.bytes) ?? malformed(0, 'utf8'), features, limits);
  }
}
