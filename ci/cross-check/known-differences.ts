// Where other tools differ from us on the suite, and why. Every row must still be met by some module.

import type { Check } from './compare-tools.ts';

export interface KnownDifference {
  readonly tool: 'wabt' | 'wasm-tools' | 'host';
  readonly checks: readonly Check[];
  /** Of `path:line`. */
  readonly places: RegExp;
  /** Of what the tool did. */
  readonly details?: RegExp;
  /** Of what we say about the module. */
  readonly reasons?: RegExp;
  readonly why: string;
}

// biome-ignore format: a table
export const knownDifferences: readonly KnownDifference[] = [
  // What wabt, 1.0.39, does otherwise.
  { tool: 'wabt', checks: ['malformed'], places: /^(annotations|id)\.wast/, reasons: /^(empty|malformed UTF-8)/,
    why: 'its lexer takes annotations and identifiers that are empty or no UTF-8' },
  { tool: 'wabt', checks: ['parse'], places: /^(annotations|custom\/(custom|name)_annot)\.wast/, details: /parseWat failed/,
    why: 'it takes annotations only between some tokens, and knows @custom as it was proposed first' },
  { tool: 'wabt', checks: ['malformed'], places: /^custom\/name_annot\.wast/, reasons: /@name annotation/,
    why: 'it has no @name annotations' },
  { tool: 'wabt', checks: ['malformed', 'validity'], places: /^custom\/branch_hint\.wast/, reasons: /branch_hint/,
    why: 'it does not check branch hints' },
  { tool: 'wabt', checks: ['malformed', 'validity'], places: /^binary-leb128\.wast/, reasons: /^integer representation too long/,
    why: 'it takes codes of types in more bytes than the specification allows' },
  { tool: 'wabt', checks: ['malformed'], places: /^struct\.wast/, reasons: /^duplicate field/,
    why: 'it does not look for duplicate names of fields' },
  { tool: 'wabt', checks: ['parse'], places: /^id\.wast/, details: /parseWat failed/, why: 'it has no quoted identifiers' },
  { tool: 'wabt', checks: ['parse', 'reencode', 'print'], places: /^(block|loop|if)\.wast/, details: /^other funcs$/,
    why: 'it writes a block type that is an index in its short form, and leaves out an empty else' },
  { tool: 'wabt', checks: ['parse', 'reencode', 'print'], places: /^(id|try_table|legacy\/try_catch|legacy\/try_delegate)\.wast/, details: /^other funcs$/,
    why: 'it leaves out an empty else' },
  { tool: 'wabt', checks: ['print'], places: /^return_call_indirect\.wast/, details: /^other funcs$/,
    why: 'it does not print the table of return_call_indirect' },
  { tool: 'wabt', checks: ['print'], places: /^(data|elem|global)\.wast/, details: /unexpected token (i32\.const|global\.get)/,
    why: 'what it prints for constant expressions of several instructions is no text' },
  { tool: 'wabt', checks: ['parse'], places: /^(linking|select|table)\.wast/, details: /unexpected token ("null"|"\(")/,
    why: 'it does not parse the long form of nullable references' },
  { tool: 'wabt', checks: ['parse'], places: /^type-rec\.wast/, details: /"rec"/, why: 'it has no recursion groups' },
  { tool: 'wabt', checks: ['parse'], places: /^proposals\/custom-page-sizes\//, details: /memory page size/,
    why: 'it has no page sizes, not even the usual one written out' },
  { tool: 'wabt', checks: ['reencode', 'print', 'validity'], places: /^table64\.wast/, details: /leb128: table|refused/,
    why: 'it reads sizes of 64-bit tables as 32-bit numbers' },
  { tool: 'wabt', checks: ['validity'], places: /^(ref_func|select|table_grow)\.wast/, details: /^refused$/,
    why: 'a reference to a function is no funcref to it in select, global.set, table.set and table.grow' },
  { tool: 'wabt', checks: ['validity'], places: /^proposals\/threads\//, reasons: /^multiple (tables|memories)/,
    why: 'the scripts of threads insist on one table and memory, wabt has the later proposals on' },

  // What wasm-tools, in jco-transpile 0.15, does otherwise.
  { tool: 'wasm-tools', checks: ['malformed'], places: /binary\.wast/, reasons: /^data count section required/,
    why: 'its printer does not ask for the section' },
  { tool: 'wasm-tools', checks: ['malformed'], places: /^start\.wast/, reasons: /^multiple start sections/,
    why: 'its parser takes a second start function' },
  { tool: 'wasm-tools', checks: ['malformed'], places: /^(legacy\/|try_table\.wast)/, reasons: /^unexpected token (catch|catch_all|delegate)/,
    why: 'its parser takes the parts of legacy blocks anywhere' },
  { tool: 'wasm-tools', checks: ['parse'], places: /^legacy\//, details: /unknown operator or unexpected token/,
    why: 'its parser has dropped the folded form of legacy exceptions' },
  { tool: 'wasm-tools', checks: ['malformed'], places: /^proposals\/threads\/memory\.wast/, reasons: /^i32 constant out of range/,
    why: 'the scripts of threads know no 64-bit memories, whose sizes may be larger' },
  { tool: 'wasm-tools', checks: ['parse'], places: /^names\.wast/, details: /ConfusingUnicode/,
    why: 'its parser refuses characters that mislead readers' },
  { tool: 'wasm-tools', checks: ['parse'], places: /^(type-rec|type-subtyping|proposals\/custom-descriptors\/exact-casts)\.wast/, details: /^other/,
    why: 'it lets a function type that is written in place stand for an open type and not for one in a group of its own; the specification has it the other way round' },

  // The host; what it does not know differs from host to host.
  { tool: 'host', checks: ['validity'], places: /^custom\/branch_hint\.wast/, reasons: /branch_hint/,
    why: 'it takes custom sections with errors, as hosts may' },
  { tool: 'host', checks: ['validity'], places: /^proposals\/threads\//, reasons: /^multiple (tables|memories)/,
    why: 'the scripts of threads insist on one table and memory, hosts have the later proposals' },
];
