// Data and element segments of the text format, those of inline tables included.
// https://webassembly.github.io/spec/core/text/modules.html#element-segments

import type { Code } from '../format/code.ts';
import { funcElement } from '../format/decode-module.ts';
import type { Data, Elem, SegmentMode } from '../format/module.ts';
import type { EntryKind } from '../format/module-budget.ts';
import { overLimit } from '../format/module-error.ts';
import { hasSegmentKinds } from '../format/type-features.ts';
import { HEAP_FUNC, refType, type ValType } from '../format/types.ts';
import type { InstructionParser } from './instruction-parser.ts';
import { TOKEN_LPAR, TOKEN_RPAR } from './lexer.ts';
import type { TypeParser } from './type-parser.ts';

const PASSIVE: SegmentMode = { kind: 'passive' };
const DECLARATIVE: SegmentMode = { kind: 'declarative' };
/** The type of segments that list functions by their indices. */
export const FUNC_NON_NULL = refType(HEAP_FUNC, false);

export class SegmentParser {
  readonly datas: Data[] = [];
  readonly elems: Elem[] = [];
  private readonly types: TypeParser;
  private readonly instructions: InstructionParser;

  constructor(types: TypeParser, instructions: InstructionParser) {
    this.types = types;
    this.instructions = instructions;
  }

  /** The inside of `(data …)`, its identifier passed. Throws a ModuleError. */
  data(position: number): void {
    const { cursor } = this.types;
    let mode = PASSIVE;
    if (cursor.kind() === TOKEN_LPAR || this.hasBareIndex()) mode = this.activeMode('memory');
    else if (!this.types.features.bulkMemory) cursor.needsFeature('bulkMemory');
    this.datas.push({ mode, bytes: cursor.byteStrings(), position });
  }

  /** `(memory x)? offset` or `(table x)? offset` */
  private activeMode(space: 'memory' | 'table'): SegmentMode {
    const { cursor } = this.types;
    let index = 0;
    if (cursor.enter(space)) {
      index = this.types.index(space);
      cursor.close();
    } else if (this.hasBareIndex()) index = this.types.index(space);
    return { kind: 'active', index, offset: this.wrapped('offset') };
  }

  /** Before reference types, the table or memory of a segment was a bare index. */
  private hasBareIndex(): boolean {
    return !this.types.features.referenceTypes && this.types.isIndex();
  }

  /** `(keyword expr)`, or a folded instruction alone. */
  private wrapped(keyword: string): Code {
    if (!this.types.cursor.enter(keyword)) return this.instructions.foldedExpression();
    const code = this.instructions.expression();
    this.types.cursor.close();
    return code;
  }

  /** The inside of `(elem …)`, its identifier passed. Throws a ModuleError. */
  elem(position: number): void {
    const { types } = this;
    const { cursor } = types;
    let mode = PASSIVE;
    let isBare = false;
    if (cursor.isKeyword('declare')) {
      if (!types.features.referenceTypes) cursor.needsFeature('referenceTypes');
      cursor.at++;
      mode = DECLARATIVE;
    } else if ((cursor.kind() === TOKEN_LPAR && !cursor.isForm('ref')) || this.hasBareIndex()) {
      isBare = !cursor.isForm('table');
      mode = this.activeMode('table');
    } else if (!types.features.bulkMemory) cursor.needsFeature('bulkMemory');
    if (cursor.acceptKeyword('func')) {
      this.elems.push({ ...this.elementList(FUNC_NON_NULL, null), mode, position });
      return;
    }
    // Only a segment for table 0 may leave the kind of its elements out.
    if (isBare && (types.isIndex() || cursor.kind() === TOKEN_RPAR))
      this.elems.push({ ...this.elementList(FUNC_NON_NULL, null), mode, position });
    else {
      const type = types.refType();
      this.elems.push({ ...this.elementList(type, type), mode, position });
    }
  }

  /** Function indices or expressions; `exprType` is null where only indices may stand. */
  elementList(type: ValType, exprType: ValType | null): Pick<Elem, 'type' | 'funcs' | 'exprs'> {
    const { types } = this;
    const { cursor } = types;
    const start = cursor.position;
    const exprs: Code[] = [];
    const funcs: number[] = [];
    const positions: number[] = [];
    const { segmentElements } = types.limits;
    const charge = (kind: EntryKind, count: number): void => {
      if (count >= segmentElements) overLimit(start, 'elements of a segment', segmentElements);
      types.context.budget.entries(kind, 1, start);
    };
    if (exprType !== null && cursor.kind() === TOKEN_LPAR) {
      if (!hasSegmentKinds(types.features)) cursor.needsFeature('bulkMemory', 1);
      while (cursor.kind() === TOKEN_LPAR) {
        charge('elementExpression', exprs.length);
        exprs.push(this.wrapped('item'));
      }
    } else
      while (types.isIndex()) {
        charge(exprType === null ? 'elementIndex' : 'elementExpression', funcs.length);
        positions.push(cursor.position);
        funcs.push(types.index('func'));
      }
    if (exprType === null || (type === FUNC_NON_NULL && exprs.length === 0))
      return { type, funcs, exprs: [] };
    // Indices in the segment of an inline table, whose type is not that of a list of functions.
    if (funcs.length > 0) {
      const { builder } = this.instructions;
      const codes = funcs.map((func, i) => funcElement(builder, func, positions[i] as number));
      return { type, funcs: null, exprs: codes };
    }
    return { type, funcs: null, exprs };
  }
}
