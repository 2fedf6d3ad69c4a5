// Holds what the other tools make of a module against what we make of it. A finding is one module and one check of one
// tool; a list of known differences says why it is none of ours.

import { decodeModule } from '../../engine/wasm/format/decode-module.ts';
import { encodeModule } from '../../engine/wasm/format/encode-module.ts';
import { type FeatureName, type Features, featuresWith } from '../../engine/wasm/format/features.ts';
import { emptyNames, type Module } from '../../engine/wasm/format/module.ts';
import { ModuleError } from '../../engine/wasm/format/module-error.ts';
import { parseModule } from '../../engine/wasm/text/module-parser.ts';
import { printModule } from '../../engine/wasm/text/print-module.ts';
import { TypeRegistry } from '../../engine/wasm/validate/type-registry.ts';
import { validateModule } from '../../engine/wasm/validate/validate-module.ts';
import { differences, structureOf } from './structure.ts';
import type { SuiteModule } from './suite-modules.ts';
import type { Tool } from './tools.ts';

export type Check =
  /** The tool parses the text, or reads and writes our bytes, or prints them: the same module. */
  | 'parse'
  | 'reencode'
  | 'print'
  /** The tool refuses what is malformed or invalid, and only that. */
  | 'malformed'
  | 'validity';

export interface Outcome {
  readonly tool: string;
  readonly check: Check;
  readonly kind: 'equal' | 'unknown' | 'different';
  readonly place: string;
  /** Of a difference: what. */
  readonly detail: string;
  /** What we say of the module. */
  readonly reason: string;
}

const ALL = featuresWith({ customPageSizes: true, wideArithmetic: true, customDescriptors: true });

export function checkTool(tool: Tool, subject: SuiteModule): Outcome[] {
  const outcomes: Outcome[] = [];
  const { module, source, place, reason, judgement } = subject;
  const add = (check: Check, detail: string | null): void => {
    const kind = detail === null ? 'equal' : isUnknown(tool, subject) ? 'unknown' : 'different';
    outcomes.push({ tool: tool.name, check, kind, place, detail: detail ?? '', reason });
  };
  if (module === null) {
    if (source === null) return [];
    const read = typeof source === 'string' ? tool.parse : (tool.reencode ?? tool.print);
    if (read !== undefined) add('malformed', isRefused(() => read(source as never)) ? null : 'accepted');
    if (typeof source !== 'string' && tool.isValid !== undefined)
      add('validity', tool.isValid(source) ? 'accepted' : null);
    return outcomes;
  }
  const bytes = encodeModule(withoutCustoms(module));
  const ours = structureOf(module);
  const { parse, reencode, print } = tool;
  const same = (read: () => Module): string | null => {
    try {
      const parts = differences(ours, structureOf(read()));
      return parts.length === 0 ? null : `other ${parts.join(', ')}`;
    } catch (error) {
      return `${error instanceof ModuleError ? 'we cannot read what it wrote: ' : ''}${(error as Error).message}`;
    }
  };
  // Tools may refuse what is invalid already when they read it.
  if (judgement === 'valid') {
    if (parse !== undefined && typeof source === 'string')
      add(
        'parse',
        same(() => decodeModule(parse(source), ALL)),
      );
    if (reencode !== undefined)
      add(
        'reencode',
        same(() => decodeModule(reencode(bytes), ALL)),
      );
    if (print !== undefined)
      add(
        'print',
        same(() => parseModule(print(bytes), ALL)),
      );
  }
  if (tool.isValid !== undefined) {
    const isValid = tool.isValid(bytes);
    if (isValid !== (judgement === 'valid')) add('validity', isValid ? 'accepted' : 'refused');
    else add('validity', null);
  }
  return outcomes;
}

/** Our own notations: what we print we parse as the same, what we write we read as the same. Null, or what is wrong. */
export function checkNotations({ module, features }: SuiteModule): string | null {
  if (module === null) return null;
  const bytes = encodeModule(module);
  const text = printModule(module);
  const read = (what: string, make: () => Module): string | null => {
    try {
      const again = make();
      return Buffer.compare(encodeModule(again), bytes) === 0 ? null : `${what}: another module`;
    } catch (error) {
      return `${what}: ${(error as Error).message}`;
    }
  };
  return (
    read('printed and parsed', () => parseModule(text, features)) ??
    read('written and read', () => decodeModule(bytes, features))
  );
}

function withoutCustoms(module: Module): Module {
  return { ...module, names: emptyNames(), customs: [], branchHints: new Map() };
}

function isRefused(read: () => unknown): boolean {
  try {
    read();
    return false;
  } catch {
    return true;
  }
}

/** Whether a module needs a feature that the tool does not have. */
function isUnknown(tool: Tool, { module, features }: SuiteModule): boolean {
  if (module === null) return false;
  return [...tool.unknown].some((name) => features[name] && needs(module, features, name));
}

/** A module needs what it is not read without. */
function needs(module: Module, features: Features, name: FeatureName): boolean {
  const off = { ...features, [name]: false };
  // Typed references are part of garbage collection, too.
  if (name === 'functionReferences') off.gc = false;
  try {
    validateModule(decodeModule(encodeModule(module), off), off, new TypeRegistry());
    return false;
  } catch (error) {
    return error instanceof ModuleError && error.message.includes(name);
  }
}
