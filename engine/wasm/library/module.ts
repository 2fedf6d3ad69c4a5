// Modules and instances as the library shows them.

import { decodeModule } from '../format/decode-module.ts';
import { encodeModule } from '../format/encode-module.ts';
import { type FeatureName, featuresWith } from '../format/features.ts';
import { withRoom } from '../format/host-room.ts';
import { DEFAULT_MODULE_LIMITS, type ModuleLimits } from '../format/limits.ts';
import { EXTERN_KINDS, type ExternKind, type Import } from '../format/module.ts';
import { ModuleError, overLimit, shortened } from '../format/module-error.ts';
import type { FuncType } from '../format/types.ts';
import { instantiate } from '../interpret/instantiate.ts';
import type { Extern as CoreExtern, ModuleInst } from '../runtime/instances.ts';
import { parseModule } from '../text/module-parser.ts';
import { printModule } from '../text/print-module.ts';
import { TypeRegistry } from '../validate/type-registry.ts';
import { type ValidModule, validateModule } from '../validate/validate-module.ts';
import { CompileError, LinkError } from './errors.ts';
import {
  defaultStore,
  type Extern,
  Func,
  Global,
  type HostFunction,
  Memory,
  type Store,
  Table,
  Tag,
  wrapExtern,
} from './externs.ts';
import type { Store as BareStore } from './store.ts';
import {
  describeFunc,
  describeGlobal,
  describeImport,
  describeMemory,
  describeTable,
  type ExternDescriptor,
} from './type-names.ts';
import { shown, type Value } from './values.ts';

/** A binary module, or a text module as a string. */
export type ModuleSource = string | Uint8Array | ArrayBuffer;

export interface CompileOptions {
  /** Proposals switched on or off that are not so by default; `featureRows` lists them. */
  readonly features?: Partial<Record<FeatureName, boolean>>;
  /** Bounds of what a module may demand, where they are not to be the default ones. */
  readonly limits?: Partial<ModuleLimits>;
}

export interface ModuleOptions extends CompileOptions {
  /** Where instances of the module will live. Default: the one store of everything that names none. */
  readonly store?: Store;
}

export interface ImportDescriptor {
  readonly module: string;
  readonly name: string;
  readonly extern: ExternDescriptor;
}
export interface ExportDescriptor {
  readonly name: string;
  readonly extern: ExternDescriptor;
}

/** A module that has been decoded or parsed, and validated. Functions are compiled when they are first called. */
export class Module {
  readonly store: BareStore;
  /** Of the interpreter; not for users of the library. */
  readonly core: ValidModule;
  private importsByKind: Map<ExternKind, Import[]> | null = null;

  /** Throws a CompileError. Bytes are copied. */
  constructor(source: ModuleSource, options: ModuleOptions = {}) {
    this.store = options.store ?? defaultStore();
    this.core = compile(source, options, this.store.core.registry);
  }

  /** The module's own name, from its text or its name section. */
  get name(): string | null {
    return this.core.module.names.module;
  }

  /** What an instance needs, in order. */
  get imports(): ImportDescriptor[] {
    const { module } = this.core;
    return module.imports.map(({ module: from, name, desc }) => ({
      module: from,
      name,
      extern: describeImport(desc, (typeidx) => module.types[typeidx]?.comp as FuncType),
    }));
  }

  /** What an instance will offer, in order. */
  get exports(): ExportDescriptor[] {
    return this.core.module.exports.map(({ name, kind, index }) => ({
      name,
      extern: this.describe(kind, index),
    }));
  }

  /** The type of something of the module, by its index. */
  describe(kind: ExternKind, index: number): ExternDescriptor {
    const { module, context } = this.core;
    const imported = this.importsOf(kind);
    const importing = imported[index];
    if (importing !== undefined)
      return describeImport(importing.desc, (typeidx) => module.types[typeidx]?.comp as FuncType);
    const own = index - imported.length;
    switch (kind) {
      case 'func':
      case 'tag': {
        const { typeidx } = (kind === 'func' ? module.funcs : module.tags)[own] as {
          readonly typeidx: number;
        };
        return { kind, type: describeFunc(module.types[typeidx]?.comp as FuncType) };
      }
      case 'table':
        return { kind, type: describeTable(context.table(index, 0)) };
      case 'memory':
        return { kind, type: describeMemory(context.memory(index, 0)) };
      case 'global':
        return { kind, type: describeGlobal(context.global(index, 0)) };
    }
  }

  /** The imports of a kind; listed once, since whoever asks for one asks for all. */
  private importsOf(kind: ExternKind): readonly Import[] {
    if (this.importsByKind === null) {
      this.importsByKind = new Map(EXTERN_KINDS.map((each) => [each, []]));
      for (const each of this.core.module.imports) this.importsByKind.get(each.desc.kind)?.push(each);
    }
    return this.importsByKind.get(kind) as readonly Import[];
  }

  /** Copies of the contents of all custom sections of a name. */
  customSections(name: string): Uint8Array[] {
    return this.core.module.customs.filter((each) => each.name === name).map(({ bytes }) => bytes.slice());
  }

  /** The module in the binary format. */
  toBytes(): Uint8Array<ArrayBuffer> {
    return encodeModule(this.core.module);
  }

  /** The module in the text format. Throws a CompileError if it is too long for a string. */
  toText(): string {
    return this.printed(() => printModule(this.core.module));
  }

  /** What `print` gives. Not for users of the library. */
  printed(print: () => string): string {
    try {
      return print();
    } catch (error) {
      if (error instanceof ModuleError) throw new CompileError(error, NO_SOURCE);
      throw error;
    }
  }
}

/** The source is not kept: positions are told as they are. */
const NO_SOURCE = new Uint8Array(0);

/** What is wrong with a module, or null if it is valid. */
export function validate(source: ModuleSource, options: CompileOptions = {}): CompileError | null {
  try {
    compile(source, options, new TypeRegistry());
    return null;
  } catch (error) {
    if (error instanceof CompileError) return error;
    throw error;
  }
}

function compile(source: ModuleSource, options: CompileOptions, registry: TypeRegistry): ValidModule {
  const features = featuresWith(options.features ?? {});
  const limits = { ...DEFAULT_MODULE_LIMITS, ...options.limits };
  let kept: string | Uint8Array = typeof source === 'string' ? source : new Uint8Array(0);
  try {
    if (typeof source !== 'string') kept = copyOf(source, limits);
    const module =
      typeof kept === 'string' ? parseModule(kept, features, limits) : decodeModule(kept, features, limits);
    return validateModule(module, features, registry, limits);
  } catch (error) {
    if (error instanceof ModuleError) throw new CompileError(error, kept);
    throw error;
  }
}

/** Throws a ModuleError if there is no room for a copy. */
function copyOf(source: Uint8Array | ArrayBuffer, limits: ModuleLimits): Uint8Array {
  if (!(source instanceof Uint8Array || source instanceof ArrayBuffer))
    throw new TypeError(`a module is a string, a Uint8Array or an ArrayBuffer, not ${shown(source)}`);
  const { byteLength } = source;
  if (byteLength > limits.moduleSize) overLimit(0, 'bytes of a module', limits.moduleSize);
  return withRoom(byteLength, 'a module', 0, () =>
    source instanceof Uint8Array ? new Uint8Array(source) : new Uint8Array(source.slice(0)),
  );
}

/** For an import: something of the store, a function of the host, or the value of an immutable global. */
export type ImportValue = Extern | HostFunction | number | bigint | null;
/** What is imported from one module, by name; an instance offers its exports. */
export type ImportNamespace = Instance | Readonly<Record<string, ImportValue>>;
export type Imports = Readonly<Record<string, ImportNamespace>>;

/** An instance of a module. */
export class Instance {
  readonly module: Module;
  readonly exports: ReadonlyMap<string, Extern>;
  /** Of the interpreter; not for users of the library. */
  readonly core: ModuleInst;

  /**
   * Links and initializes a module and runs its start function. Throws a LinkError, or what `Func.call` throws; what
   * active segments and the start function have written by then stays written.
   */
  constructor(module: Module, imports: Imports = {}) {
    this.module = module;
    const { store } = module;
    const next: Record<ExternKind, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
    const externs = module.core.module.imports.map((each) =>
      importedExtern(module, imports, each, next[each.desc.kind]++),
    );
    this.core = store.runWhole((machine) =>
      instantiate(machine, module.core, (_from, _name, i) => externs[i]),
    );
    this.exports = new Map([...this.core.exports].map(([name, core]) => [name, wrapExtern(store, core)]));
  }

  /** Calls an exported function; see `Func.call`. */
  call(name: string, ...args: readonly Value[]): Value {
    return this.func(name).call(...args);
  }

  /** The exported function of a name. Throws the host's TypeError if there is none; so do the others. */
  func(name: string): Func {
    return this.exported(name, Func, 'function');
  }
  memory(name: string): Memory {
    return this.exported(name, Memory, 'memory');
  }
  table(name: string): Table {
    return this.exported(name, Table, 'table');
  }
  global(name: string): Global {
    return this.exported(name, Global, 'global');
  }
  tag(name: string): Tag {
    return this.exported(name, Tag, 'tag');
  }

  private exported<T extends Extern>(name: string, kind: { readonly prototype: T }, what: string): T {
    const extern = this.exports.get(name);
    if (extern !== undefined && Object.prototype.isPrototypeOf.call(kind.prototype, extern))
      return extern as T;
    const names = [...this.exports.keys()].slice(0, 20).map((each) => `'${each}'`);
    throw new TypeError(
      `the instance exports no ${what} '${name}'; it exports ${names.join(', ') || 'nothing'}`,
    );
  }
}

/** What is given for an import, the `index`-th of its kind. Whether it fits, linking finds out. */
function importedExtern(
  { core, store }: Module,
  imports: Imports,
  { module: from, name, desc }: Import,
  index: number,
): CoreExtern | undefined {
  const namespace = Object.hasOwn(imports, from) ? imports[from] : undefined;
  if (namespace === undefined || namespace === null) return undefined;
  const given =
    namespace instanceof Instance
      ? namespace.exports.get(name)
      : Object.hasOwn(namespace, name)
        ? (namespace as Readonly<Record<string, ImportValue>>)[name]
        : undefined;
  if (given === undefined) return undefined;
  const what = `import "${shortened(from)}" "${shortened(name)}"`;
  if (isExtern(given)) {
    if (given.store !== store) throw new LinkError(`${what} belongs to another store`);
    return given.core;
  }
  if (desc.kind === 'func' && typeof given === 'function') {
    const type = store.core.registry.get(core.context.funcs[index]?.type as number);
    return Func.ofType(store, type, given).core;
  }
  if (desc.kind === 'global' && !desc.type.isMutable) {
    try {
      return Global.ofType(store, core.context.global(index, 0), given).core;
    } catch (error) {
      if (error instanceof TypeError) throw new LinkError(`${what}: ${error.message}`);
      throw error;
    }
  }
  throw new LinkError(`${what} is to be a ${desc.kind}, not ${shown(given)}`);
}

function isExtern(value: unknown): value is Extern {
  return [Func, Table, Memory, Global, Tag].some((kind) => value instanceof kind);
}
