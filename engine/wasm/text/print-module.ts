// A module in the text format: flat instructions, indented, every type use explicit, so that parsing gives the same
// module back, names and annotations included.

import { type Code, CodeBuilder } from '../format/code.ts';
import { funcElement } from '../format/decode-module.ts';
import {
  type BranchHint,
  type CustomSection,
  type Elem,
  EXTERN_KINDS,
  type Export,
  type ExternKind,
  type Func,
  type ImportDesc,
  importCount,
  type Module,
  SECTION_CUSTOM,
  type SegmentMode,
  sectionRows,
} from '../format/module.ts';
import {
  DEFAULT_PAGE_SIZE_LOG2,
  type FieldType,
  HEAP_FUNC,
  type Limits,
  type MemoryType,
  refType,
  type SubType,
  type TableType,
  type ValType,
  valTypeText,
} from '../format/types.ts';
import { CodePrinter } from './print-code.ts';
import { bytesText, nameText, PrintNames } from './print-names.ts';
import { joinedTexts, TextLines } from './text-lines.ts';

const FUNC_NON_NULL = refType(HEAP_FUNC, false);

/** The text of a module, ended by a line break. Throws a ModuleError of kind `limit` if it is too long for a string. */
export function printModule(module: Module): string {
  return new ModulePrinter(module).print();
}

class ModulePrinter {
  private readonly module: Module;
  private readonly names: PrintNames;
  private readonly code: CodePrinter;
  private readonly lines = new TextLines();

  constructor(module: Module) {
    this.module = module;
    this.names = new PrintNames(module);
    this.code = new CodePrinter(this.names);
  }

  print(): string {
    const { module, lines, names } = this;
    const name = module.names.module;
    lines.push(name === null || name === '' ? '(module' : `(module ${names.idText(name)}`);
    this.types();
    this.imports();
    const imported = importCount(module, 'func');
    module.funcs.forEach((func, i) => {
      lines.position = func.position;
      this.func(func, imported + i);
    });
    this.definitions();
    for (const each of module.exports) lines.push(`  ${this.export(each)}`);
    if (module.start !== null) lines.push(`  (start ${names.of('functions', module.start.funcidx)})`);
    module.elems.forEach((elem, i) => {
      lines.push(`  (elem${names.definition('elems', i)} ${this.elem(elem)})`);
    });
    module.datas.forEach(({ mode, bytes }, i) => {
      lines.push(`  (data${names.definition('datas', i)}${this.mode(mode, 'memory')} ${bytesText(bytes)})`);
    });
    for (const custom of module.customs) lines.push(`  ${customText(custom)}`);
    return `${lines.join()})\n`;
  }

  private valType(type: ValType): string {
    return valTypeText(type, (index) => this.names.of('types', index));
  }

  private types(): void {
    const { module, lines } = this;
    let index = 0;
    for (const count of module.recGroups) {
      const isGroup = count !== 1;
      const indent = isGroup ? '    ' : '  ';
      if (isGroup) lines.push('  (rec');
      for (let i = 0; i < count; i++, index++)
        lines.push(`${indent}(type${this.names.definition('types', index)} ${this.subType(index)})`);
      if (isGroup) lines.append(')');
    }
  }

  private subType(index: number): string {
    const { isFinal, supers, describes, descriptor } = this.module.types[index] as SubType;
    const clauses = [
      describes >= 0 ? `(describes ${this.names.of('types', describes)}) ` : '',
      descriptor >= 0 ? `(descriptor ${this.names.of('types', descriptor)}) ` : '',
    ].join('');
    const text = clauses + this.compType(index);
    if (isFinal && supers.length === 0) return text;
    const above = supers.map((each) => `${this.names.of('types', each)} `).join('');
    return `(sub ${isFinal ? 'final ' : ''}${above}${text})`;
  }

  private compType(index: number): string {
    const { comp } = this.module.types[index] as SubType;
    switch (comp.kind) {
      case 'func': {
        const list = (keyword: string, types: readonly ValType[]): string =>
          types.length === 0 ? '' : ` (${keyword} ${types.map((type) => this.valType(type)).join(' ')})`;
        return `(func${list('param', comp.params)}${list('result', comp.results)})`;
      }
      case 'array':
        return `(array ${this.fieldType(comp.fields[0] as FieldType)})`;
      case 'struct': {
        const fields = comp.fields.map(
          (field, i) => ` (field${this.names.field(index, i)} ${this.fieldType(field)})`,
        );
        return `(struct${fields.join('')})`;
      }
    }
  }

  private fieldType({ storage, isMutable }: FieldType): string {
    return isMutable ? `(mut ${this.valType(storage)})` : this.valType(storage);
  }

  private imports(): void {
    const next: Record<ExternKind, number> = { func: 0, table: 0, memory: 0, global: 0, tag: 0 };
    for (const { module, name, desc } of this.module.imports) {
      const id = this.names.definitionOf(desc.kind, next[desc.kind]++);
      this.lines.push(
        `  (import ${nameText(module)} ${nameText(name)} (${desc.kind}${id} ${this.importDesc(desc)}))`,
      );
    }
  }

  private importDesc(desc: ImportDesc): string {
    switch (desc.kind) {
      case 'func': {
        const use = `(type ${this.names.of('types', desc.typeidx)})`;
        return desc.isExact ? `(exact ${use})` : use;
      }
      case 'tag':
        return `(type ${this.names.of('types', desc.typeidx)})`;
      case 'table':
        return this.tableType(desc.type);
      case 'memory':
        return memoryType(desc.type);
      case 'global':
        return this.globalType(desc.type.type, desc.type.isMutable);
    }
  }

  private tableType(type: TableType): string {
    return `${limits(type)} ${this.valType(type.element)}`;
  }

  private globalType(type: ValType, isMutable: boolean): string {
    return isMutable ? `(mut ${this.valType(type)})` : this.valType(type);
  }

  private definitions(): void {
    const { module, lines, names } = this;
    const imported = new Map(EXTERN_KINDS.map((kind) => [kind, importCount(module, kind)]));
    const define = (kind: ExternKind, i: number, text: string): void => {
      const index = (imported.get(kind) as number) + i;
      lines.push(`  (${kind}${names.definitionOf(kind, index)} ${text})`);
    };
    module.tables.forEach(({ type, init }, i) => {
      define('table', i, this.tableType(type) + (init === null ? '' : ` ${this.folded(init)}`));
    });
    module.memories.forEach(({ type }, i) => {
      define('memory', i, memoryType(type));
    });
    module.globals.forEach(({ type, init }, i) => {
      define('global', i, `${this.globalType(type.type, type.isMutable)} ${this.folded(init)}`);
    });
    module.tags.forEach(({ typeidx }, i) => {
      define('tag', i, `(type ${names.of('types', typeidx)})`);
    });
  }

  /** A constant expression on one line. */
  private folded(code: Code): string {
    return this.code.oneLine(code);
  }

  private func(func: Func, index: number): void {
    const { lines, names } = this;
    const type = this.module.types[func.typeidx]?.comp;
    const params = type?.kind === 'func' ? type.params : [];
    let line = `  (func${names.definition('functions', index)} (type ${names.of('types', func.typeidx)})`;
    // Parameters are written again only for their names.
    if (params.some((_, i) => names.local(index, i) !== '')) {
      line += params.map((param, i) => ` (param${names.local(index, i)} ${this.valType(param)})`).join('');
      const results = type?.kind === 'func' ? type.results : [];
      if (results.length > 0) line += ` (result ${results.map((each) => this.valType(each)).join(' ')})`;
    }
    lines.push(line);
    // Names of locals need a type to count from.
    const name = (i: number): string => (type?.kind === 'func' ? names.local(index, params.length + i) : '');
    func.locals.forEach((local, i) => {
      lines.push(`    (local${name(i)} ${this.valType(local)})`);
    });
    this.code.print(func.code, lines, this.module.branchHints.get(index) ?? NO_HINTS);
    lines.append(')');
  }

  private export({ name, kind, index }: Export): string {
    return `(export ${nameText(name)} (${kind} ${this.names.ofKind(kind, index)}))`;
  }

  private mode(mode: SegmentMode, space: 'table' | 'memory'): string {
    if (mode.kind !== 'active') return mode.kind === 'declarative' ? ' declare' : '';
    return ` (${space} ${this.names.ofKind(space, mode.index)}) (offset ${this.folded(mode.offset)})`;
  }

  private elem({ type, funcs, exprs, mode, position }: Elem): string {
    const start = this.mode(mode, 'table').trimStart();
    if (funcs !== null && type === FUNC_NON_NULL)
      return `${start} func ${joinedTexts(funcs.length, ' ', (i) => this.names.of('functions', funcs[i] as number))}`.trimStart();
    const builder = new CodeBuilder();
    const codeOf = (i: number): Code =>
      funcs === null ? (exprs[i] as Code) : funcElement(builder, funcs[i] as number, position);
    const count = funcs?.length ?? exprs.length;
    const items = joinedTexts(count, '', (i) => ` (item ${this.folded(codeOf(i))})`);
    return `${start} ${this.valType(type)}${items}`.trimStart();
  }
}

const NO_HINTS: readonly BranchHint[] = [];

function limits({ min, max, is64 }: Limits): string {
  return `${is64 ? 'i64 ' : ''}${min}${max === null ? '' : ` ${max}`}`;
}

function memoryType(type: MemoryType): string {
  const shared = type.isShared ? ' shared' : '';
  const size =
    type.pageSizeLog2 === DEFAULT_PAGE_SIZE_LOG2 ? '' : ` (pagesize ${1n << BigInt(type.pageSizeLog2)})`;
  return limits(type) + shared + size;
}

function customText({ name, bytes, after }: CustomSection): string {
  const place =
    after === SECTION_CUSTOM
      ? '(before first)'
      : `(after ${sectionRows.find(([id]) => id === after)?.[1] ?? 'last'})`;
  return `(@custom ${nameText(name)} ${place} ${bytesText(bytes)})`;
}
