// What is in a module, for people: every definition with its index, and the instructions of functions with where they
// stand in the source. Register code is what the interpreter makes of a function.

import { immediateLength } from '../format/instruction-lookup.ts';
import {
  type Module as CoreModule,
  type ExternKind,
  importCount,
  type SegmentMode,
} from '../format/module.ts';
import { type FuncType, valTypeText } from '../format/types.ts';
import { compileFunction } from '../interpret/compile-function.ts';
import { disassemble } from '../interpret/disassemble.ts';
import { FuncCode } from '../runtime/instances.ts';
import { CodePrinter } from '../text/print-code.ts';
import { nameText, PrintNames } from '../text/print-names.ts';
import { TextLines } from '../text/text-lines.ts';
import type { Module } from './module.ts';
import { describeImport, type ExternDescriptor } from './type-names.ts';

export interface DumpOptions {
  /** Writes positions of the module's source; a byte offset in hexadecimal unless given. */
  readonly place?: (position: number) => string;
  /** Register code instead of instructions. */
  readonly asRegisters?: boolean;
}

/** The definitions of a module and its code as text, a line each. Throws a CompileError if it is too long for a string. */
export function dumpModule(module: Module, options: DumpOptions = {}): string {
  return module.printed(() => new Dumper(module, options).dump());
}

class Dumper {
  private readonly library: Module;
  private readonly module: CoreModule;
  private readonly printer: CodePrinter;
  private readonly place: (position: number) => string;
  private readonly asRegisters: boolean;
  private readonly lines = new TextLines();

  constructor(library: Module, options: DumpOptions) {
    this.library = library;
    this.module = library.core.module;
    this.printer = new CodePrinter(new PrintNames(this.module));
    this.place = options.place ?? ((position) => position.toString(16).padStart(6, '0'));
    this.asRegisters = options.asRegisters ?? false;
  }

  dump(): string {
    const { lines, library, module } = this;
    const funcType = (typeidx: number): FuncType => module.types[typeidx]?.comp as FuncType;
    const next: Record<ExternKind, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
    lines.push(`module${module.names.module === null ? '' : ` $${module.names.module}`}`);
    for (const { module: from, name, desc } of module.imports) {
      const label = this.label(desc.kind, next[desc.kind]++);
      const type = typeText(describeImport(desc, funcType));
      lines.push(`import ${label}: ${type} from ${nameText(from)} ${nameText(name)}`);
    }
    for (const [kind, definitions] of [
      ['table', module.tables],
      ['memory', module.memories],
      ['tag', module.tags],
      ['global', module.globals],
    ] as const)
      for (const { position } of definitions) {
        const index = next[kind]++;
        lines.push(
          `${this.place(position)} ${this.label(kind, index)}: ${typeText(library.describe(kind, index))}`,
        );
      }
    for (const { name, kind, index } of module.exports)
      lines.push(`export ${nameText(name)}: ${this.label(kind, index)}`);
    if (module.start !== null) lines.push(`start ${this.label('func', module.start.funcidx)}`);
    this.segments();
    for (const { name, bytes } of module.customs)
      lines.push(`custom section ${nameText(name)}: ${bytes.length} bytes`);
    this.functions();
    return `${lines.join()}\n`;
  }

  private segments(): void {
    const { lines, module } = this;
    module.elems.forEach(({ funcs, exprs, mode, type, position }, i) => {
      const count = funcs?.length ?? exprs.length;
      lines.push(
        `${this.place(position)} elem[${i}]: ${count} of ${valTypeText(type)}, ${this.mode('table', mode)}`,
      );
    });
    module.datas.forEach(({ bytes, mode, position }, i) => {
      lines.push(`${this.place(position)} data[${i}]: ${bytes.length} bytes, ${this.mode('memory', mode)}`);
    });
  }

  private mode(kind: 'table' | 'memory', mode: SegmentMode): string {
    if (mode.kind !== 'active') return mode.kind;
    return `active in ${this.label(kind, mode.index)} at ${this.printer.oneLine(mode.offset)}`;
  }

  private functions(): void {
    const { lines, module, library } = this;
    const imported = importCount(module, 'func');
    module.funcs.forEach((func, i) => {
      const index = imported + i;
      lines.position = func.position;
      lines.push('');
      lines.push(`${this.label('func', index)}: ${typeText(library.describe('func', index))}`);
      if (this.asRegisters) {
        lines.push(disassemble(compileFunction(new FuncCode(library.core, func, index))).trimEnd());
        return;
      }
      if (func.locals.length > 0)
        lines.push(`  locals ${func.locals.map((type) => valTypeText(type)).join(' ')}`);
      const { words, positions } = func.code;
      let count = 0;
      for (let at = 0; at < words.length; at += 1 + immediateLength(words, at)) {
        const position = positions[count++] as number;
        lines.push(`  ${this.place(position)}  ${this.printer.instruction(words, at)}`);
      }
    });
  }

  private label(kind: ExternKind, index: number): string {
    const { names } = this.module;
    const space = {
      func: names.functions,
      table: names.tables,
      memory: names.memories,
      global: names.globals,
      tag: names.tags,
    }[kind];
    const name = space.get(index);
    return `${kind}[${index}]${name === undefined ? '' : ` $${name}`}`;
  }
}

/** A type as one line. */
function typeText({ kind, type }: ExternDescriptor): string {
  switch (kind) {
    case 'func':
    case 'tag':
      return `[${type.params.join(' ')}] -> [${type.results.join(' ')}]`;
    case 'table':
      return `${bounds(type)} ${type.element}`;
    case 'memory':
      return `${bounds(type)} pages of ${type.pageSizeBytes} bytes${type.isShared ? ', shared' : ''}`;
    case 'global':
      return type.isMutable ? `mut ${type.type}` : type.type;
  }
}

function bounds(type: { readonly min: bigint; readonly max: bigint | null; readonly is64: boolean }): string {
  return `${type.is64 ? 'i64 ' : ''}${type.min}..${type.max ?? ''}`;
}
