// The targets by their names.
import { makeTarget as bytecode } from './bytecode/target.ts';
import { makeTarget as date } from './date/target.ts';
import { makeTarget as json } from './json/target.ts';
import { makeTarget as parser } from './parser/target.ts';
import { makeTarget as regexp } from './regexp/target.ts';
import type { Target } from './target.ts';
import type { TARGET_NAMES } from './target-names.ts';
import { makeTarget as wasmBinary } from './wasm-binary/target.ts';
import { makeTarget as wasmText } from './wasm-text/target.ts';

/** `seedFolder` is where a target's seeds lie, if it has files; `seed` the number of the campaign. */
export type MakeTarget = (seedFolder: string, seed: number) => Target;

const makers: Readonly<Record<(typeof TARGET_NAMES)[number], MakeTarget>> = {
  parser,
  regexp,
  json,
  date,
  bytecode,
  'wasm-binary': wasmBinary,
  'wasm-text': wasmText,
};

/** The target of that name, ready to run; `fuzzFolder` is the folder of this file. */
export function targetNamed(name: string, fuzzFolder: string, seed: number): Target {
  const make = makers[name as (typeof TARGET_NAMES)[number]];
  return make(`${fuzzFolder}/${name}/seeds`, seed);
}
