// Every module in the scripts of the WebAssembly suite, with what the script says of it.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeUtf8 } from '../../engine/wasm/format/byte-reader.ts';
import type { Features } from '../../engine/wasm/format/features.ts';
import type { Module } from '../../engine/wasm/format/module.ts';
import { lineAndColumn, ModuleError } from '../../engine/wasm/format/module-error.ts';
import { type Command, moduleOfSource } from '../../engine/wasm/text/script.ts';
import { parseScript } from '../../engine/wasm/text/script-parser.ts';
import { TypeRegistry } from '../../engine/wasm/validate/type-registry.ts';
import { validateModule } from '../../engine/wasm/validate/validate-module.ts';
import { featuresOf, listScripts } from '../conformance/wasm-suite.ts';

export interface SuiteModule {
  /** `path:line` of the command. */
  readonly place: string;
  readonly path: string;
  /** How our reader and validator judge it, which the suite's own run has shown to be right. */
  readonly judgement: 'valid' | 'invalid' | 'malformed';
  /** Why it is not valid; empty if it is. */
  readonly reason: string;
  readonly features: Features;
  /** As it stands in the script: a text, or bytes; null for a quotation that is no text. */
  readonly source: string | Uint8Array | null;
  /** null: it is malformed. */
  readonly module: Module | null;
}

export function suiteModules(root: string): SuiteModule[] {
  return listScripts(root).flatMap((path) => {
    const text = readFileSync(join(root, path), 'utf8');
    return parseScript(text).flatMap((command) => {
      const found = moduleOf(command, text, path);
      return found === null ? [] : [found];
    });
  });
}

function moduleOf(command: Command, text: string, path: string): SuiteModule | null {
  if (!('module' in command) || command.module === null || typeof command.module === 'string') return null;
  const { module: from, position } = command;
  const features = featuresOf(path);
  const place = `${path}:${lineAndColumn(text, position).split(':')[0]}`;
  let source: SuiteModule['source'];
  if (from.kind === 'binary') source = from.bytes;
  else if (from.kind === 'quote') source = decodeUtf8(from.bytes);
  else {
    const { starts } = from.tokens;
    source = `(module ${text.slice(starts[from.start], starts[from.end])})`;
  }
  let module: Module | null = null;
  try {
    module = moduleOfSource(from, features);
    validateModule(module, features, new TypeRegistry());
    return { place, path, features, source, module, judgement: 'valid', reason: '' };
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    const judgement = module === null ? 'malformed' : 'invalid';
    return { place, path, features, source, module, judgement, reason: error.message };
  }
}
