// Smaller WebAssembly inputs for which a property still holds. Of a script, commands are dropped, then its text modules become
// smaller; of a module, exports, segments, the start function and custom sections are dropped, and bodies become `unreachable`.
// Indices stay as they are, so that nothing else must change with them.

import {
  CodeBuilder,
  DEFAULT_FEATURES,
  decodeModule,
  type Features,
  type Module,
  ModuleError,
  moduleOfSource,
  op,
  parseModule,
  parseScript,
  printModule,
} from '../engine/wasm/harness.ts';

export interface WasmReduceOptions {
  readonly features: Features;
  readonly maxTries: number;
  /** Asked before every try; true ends the reduction with what it has. */
  readonly isOver: () => boolean;
}

export interface WasmReduction<T> {
  readonly source: T;
  readonly tries: number;
  /** False when a bound ended it: the input may be smaller still. */
  readonly isMinimal: boolean;
}

type Holds<T> = (candidate: T) => Promise<boolean> | boolean;

class Tries {
  count = 0;
  private readonly options: WasmReduceOptions;

  constructor(options: WasmReduceOptions) {
    this.options = options;
  }
  /** False: no more tries. */
  next(): boolean {
    if (this.isOver) return false;
    this.count++;
    return true;
  }
  get isOver(): boolean {
    return this.count >= this.options.maxTries || this.options.isOver();
  }
}

/** Reduces a script, for which `holds` is true. A text that is no script stays as it is. */
export async function reduceScript(
  text: string,
  holds: Holds<string>,
  options: WasmReduceOptions,
): Promise<WasmReduction<string>> {
  const tries = new Tries(options);
  const found = async (parts: readonly string[]): Promise<boolean> =>
    tries.next() && (await holds(joined(parts)));
  let parts = await reduceList(commandTexts(text), found);
  for (let i = 0; i < parts.length; i++) {
    const withPart = (part: string): string[] => parts.map((each, j) => (j === i ? part : each));
    const command = moduleCommand(parts[i], options.features);
    if (command === null) continue;
    const isTaken = async (module: Module): Promise<boolean> => found(withPart(command.withModule(module)));
    const module = await reduceModuleWith(command.module, isTaken);
    if (module !== command.module) parts = withPart(command.withModule(module));
  }
  return { source: joined(parts), tries: tries.count, isMinimal: !tries.isOver };
}

/** Reduces a module, for which `holds` is true. */
export async function reduceModule(
  module: Module,
  holds: Holds<Module>,
  options: WasmReduceOptions,
): Promise<WasmReduction<Module>> {
  const tries = new Tries(options);
  const source = await reduceModuleWith(module, async (each) => tries.next() && (await holds(each)));
  return { source, tries: tries.count, isMinimal: !tries.isOver };
}

/** Null for what is no module. */
export function readModule(
  source: string | Uint8Array,
  features: Features = DEFAULT_FEATURES,
): Module | null {
  return orNull(() =>
    typeof source === 'string' ? parseModule(source, features) : decodeModule(source, features),
  );
}

function joined(parts: readonly string[]): string {
  return `${parts.join('\n')}\n`;
}

/** The text of each command; comments go with the command that they follow. */
function commandTexts(text: string): string[] {
  const commands = orNull(() => parseScript(text)) ?? [];
  if (commands.length < 2) return [text];
  return commands.map(({ position }, i) => text.slice(position, commands[i + 1]?.position).trim());
}

/** A command `(module …)` in the text format, and the same with another module; null for others. */
function moduleCommand(
  text: string,
  features: Features,
): { readonly module: Module; withModule(module: Module): string } | null {
  const [command, ...others] = orNull(() => parseScript(text)) ?? [];
  if (command?.kind !== 'module' || others.length > 0 || command.module.kind === 'binary') return null;
  const module = orNull(() => moduleOfSource(command.module, features));
  if (module === null) return null;
  const name = command.name === null ? '' : ` $${command.name.replace(/^\$/, '')}`;
  const head = `(module${command.isDefinition ? ' definition' : ''}${name}`;
  return {
    module,
    withModule: (each) => {
      const printed = printModule({ ...each, names: { ...each.names, module: null } });
      return head + printed.slice('(module'.length).trimEnd();
    },
  };
}

function orNull<T>(action: () => T): T | null {
  try {
    return action();
  } catch (error) {
    if (error instanceof ModuleError) return null;
    throw error;
  }
}

/** Drops elements, many at a time while that goes, then one by one. */
async function reduceList<T>(list: readonly T[], holds: Holds<readonly T[]>): Promise<readonly T[]> {
  let best = list;
  for (let size = (best.length + 1) >> 1; size > 0; size >>= 1) {
    for (let start = 0; start < best.length; ) {
      const candidate = [...best.slice(0, start), ...best.slice(start + size)];
      if (candidate.length < best.length && (await holds(candidate))) best = candidate;
      else start += size;
    }
  }
  return best;
}

async function reduceModuleWith(module: Module, holds: Holds<Module>): Promise<Module> {
  let best = module;
  const attempt = async (changes: Partial<Module>): Promise<void> => {
    const candidate = { ...best, ...changes };
    if (await holds(candidate)) best = candidate;
  };
  if (best.customs.length > 0) await attempt({ customs: [] });
  if (best.start !== null) await attempt({ start: null });
  for (const field of ['exports', 'datas', 'elems'] as const) {
    const withList = (list: readonly unknown[]): Module => ({ ...best, [field]: list });
    const list = await reduceList<unknown>(best[field], (each) => holds(withList(each)));
    if (list !== best[field]) best = withList(list);
  }
  const indices = best.funcs.flatMap(({ code }, i) => (code.words[0] === op.OP_unreachable ? [] : [i]));
  const original = best;
  const withBodies = (kept: readonly number[]): Module => ({
    ...original,
    funcs: original.funcs.map((func, i) =>
      indices.includes(i) && !kept.includes(i) ? { ...func, locals: [], code: unreachableBody() } : func,
    ),
    branchHints: new Map(),
  });
  const kept = await reduceList(indices, (each) => holds(withBodies(each)));
  return kept === indices ? best : withBodies(kept);
}

function unreachableBody() {
  const code = new CodeBuilder();
  code.begin(op.OP_unreachable, 0);
  code.begin(op.OP_end, 0);
  return code.finish();
}
