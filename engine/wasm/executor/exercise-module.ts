// What it means to run a module that nobody says how to run: its imports are satisfied in a fixed way (`spectest`, else
// import-stubs.ts), every exported function is called a few times with operands from a seed, and at the end everything that
// its instance holds is looked at, exported or not.

import type { Features } from '../format/features.ts';
import { type ExternKind, importCount, type Module } from '../format/module.ts';
import type { ValType } from '../format/types.ts';
import type { ModuleSource } from '../text/script.ts';
import { validateModule } from '../validate/validate-module.ts';
import type {
  EngineExtern,
  EngineFunc,
  InstantiateEnd,
  Refused,
  Taken,
  Unknown,
  WasmEngine,
} from './engine.ts';
import { compileFor, UNKNOWN } from './engine.ts';
import { CALLS_EXPORT, importStubs } from './import-stubs.ts';
import { Operands } from './operands.ts';
import { endText, valueText } from './outcome-text.ts';

/** How often each function is called. */
const ROUNDS = 3;
/** A module has at least so many calls. */
const CALLS = 12;

export interface Exercise {
  readonly features: Features;
  readonly seed: number;
  /** False: no more steps are to be done. */
  write(line: string): boolean;
}

/** `finished`, `out-of-fuel` (or no more steps), or why there is no module to run. */
export type ExerciseEnd = { readonly kind: 'finished' | 'out-of-fuel' } | Refused | Taken | Unknown;

/** Runs a module. Writes a line for the instance, one for each call, and what is there at the end. */
export function exerciseModule(engine: WasmEngine, source: ModuleSource, exercise: Exercise): ExerciseEnd {
  const compiled = compileFor(engine, source, exercise.features);
  if (compiled.kind !== 'compiled') return compiled;
  const { module } = compiled.valid as NonNullable<typeof compiled.valid>;
  const stubs = stubInstance(engine, module, exercise.features);
  if (stubs.kind === 'unknown') return UNKNOWN;
  if (stubs.kind !== 'instance') {
    exercise.write('not instantiated: an import has a type without a fixed value');
    return { kind: 'finished' };
  }
  const valid = validateModule(showingAll(module), exercise.features, engine.registry);
  const spectest = engine.spectest();
  const instance = engine.instantiate(valid, (from, name, index) => {
    const { desc } = module.imports[index] as (typeof module.imports)[number];
    const known = from === 'spectest' ? spectest.get(name) : undefined;
    return known?.kind === desc.kind ? known : stubs.exports.get(String(index));
  });
  if (instance.kind === 'unknown') return UNKNOWN;
  if (instance.kind === 'out-of-fuel') return instance;
  if (!exercise.write(endText(engine, instance))) return { kind: 'out-of-fuel' };
  if (instance.kind !== 'instance') return { kind: 'finished' };
  if (!callAll(engine, module, instance.exports, exercise)) return { kind: 'out-of-fuel' };
  for (const [name, extern] of instance.exports)
    if (name.startsWith(SHOWN)) show(engine, name.slice(SHOWN.length), extern, exercise);
  const calls = stubs.exports.get(CALLS_EXPORT);
  if (calls !== undefined) show(engine, 'calls of imports', calls, exercise);
  return { kind: 'finished' };
}

type StubEnd = InstantiateEnd | { readonly kind: 'impossible' };

function stubInstance(engine: WasmEngine, module: Module, features: Features): StubEnd {
  if (module.imports.length === 0) return { kind: 'instance', exports: new Map() };
  const stubs = importStubs(module);
  if (stubs === null) return { kind: 'impossible' };
  return engine.instantiate(validateModule(stubs, features, engine.registry), () => undefined);
}

/** Begins the names of exports that show what the module does not export itself. */
const SHOWN = '\u0000shown ';

function showingAll(module: Module): Module {
  const shown = (['memory', 'global', 'table'] as const).flatMap((kind) => {
    const own = { memory: module.memories, global: module.globals, table: module.tables }[kind];
    return Array.from({ length: importCount(module, kind) + own.length }, (_, index) => ({
      name: `${SHOWN}${kind} ${index}`,
      kind: kind as ExternKind,
      index,
      position: 0,
    }));
  });
  return { ...module, exports: [...module.exports, ...shown] };
}

/** False: the fuel is used up. */
function callAll(
  engine: WasmEngine,
  module: Module,
  exports: ReadonlyMap<string, EngineExtern>,
  { seed, write }: Exercise,
): boolean {
  const operands = new Operands(seed);
  const functions = module.exports.flatMap(({ name }) => {
    const extern = exports.get(name);
    return extern?.kind === 'func' ? [[name, extern] as const] : [];
  });
  const references = functions.map(([, { ref }]) => ref);
  const rounds = Math.max(ROUNDS, Math.ceil(CALLS / Math.max(1, functions.length)));
  for (let round = 0; round < rounds; round++)
    for (const [name, func] of functions) {
      const line = callLine(engine, name, func, operands, references);
      if (line === null || !write(line)) return false;
    }
  return true;
}

/** null: the fuel is used up. */
function callLine(
  engine: WasmEngine,
  name: string,
  func: EngineFunc,
  operands: Operands,
  references: readonly unknown[],
): string | null {
  const { params, results } = func.type;
  const args = params.map((type) => operands.of(type, references));
  const shown = JSON.stringify(name);
  const isComplete = args.every((each) => each !== undefined);
  if (!isComplete) return `call ${shown}: not called, a parameter has no value at hand`;
  const texts = args.map((each, i) => valueText(engine, each, params[i] as ValType));
  const end = func.call(args);
  if (end.kind === 'out-of-fuel') return null;
  return `call ${shown} (${texts.join(', ')}): ${endText(engine, end, results)}`;
}

const WORDS_PER_PART = 1 << 14;

function show(engine: WasmEngine, name: string, extern: EngineExtern, { write }: Exercise): void {
  switch (extern.kind) {
    case 'global': {
      const value = extern.read();
      write(`${name}: ${value === null ? '<…>' : valueText(engine, value, extern.type)}`);
      return;
    }
    case 'memory': {
      const bytes = extern.bytes();
      write(`${name}: ${bytes.length} bytes`);
      const parts = Math.ceil(bytes.length / (4 * WORDS_PER_PART));
      for (let part = 0; part < parts; part++) {
        const hash = hashOf(bytes.subarray(4 * part * WORDS_PER_PART, 4 * (part + 1) * WORDS_PER_PART));
        if (hash !== 0) write(`${name} from byte ${4 * part * WORDS_PER_PART}: hash ${hash.toString(16)}`);
      }
      return;
    }
    case 'table': {
      const elements = extern.elements();
      if (elements === null) {
        write(`${name}: <…>`);
        return;
      }
      const texts = elements.map((each) => engine.referenceText(each));
      write(`${name}: ${elements.length} elements, ${runsOf(texts)}`);
    }
  }
}

/** 0 for nothing but zeros. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x0100_0193);
  return hash >>> 0;
}

const LONGEST_RUNS = 200;

/** `3 null, 1 func, …`. */
function runsOf(texts: readonly string[]): string {
  const runs: string[] = [];
  let count = 0;
  texts.forEach((text, i) => {
    count++;
    if (texts[i + 1] === text) return;
    runs.push(`${count} ${text}`);
    count = 0;
  });
  return runs.slice(0, LONGEST_RUNS).join(', ');
}
