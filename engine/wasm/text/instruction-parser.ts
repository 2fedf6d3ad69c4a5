// Instructions of the text format, folded and flat, into the words of format/code.ts. Nesting is kept on a stack of our
// own, so that the depth of a text is no matter of the host's stack: each open parenthesis of a folded instruction and
// each open block is a frame. https://webassembly.github.io/spec/core/text/instructions.html

import {
  BLOCK_NONE,
  BLOCK_TYPE,
  BLOCK_VALUE,
  CATCH,
  CATCH_ALL,
  CATCH_ALL_REF,
  CATCH_REF,
  type Code,
  CodeBuilder,
} from '../format/code.ts';
import { opsOfName } from '../format/instruction-lookup.ts';
import { type InstructionRow, instructionRows } from '../format/instructions.ts';
import type { BranchHint } from '../format/module.ts';
import { malformed, overLimit } from '../format/module-error.ts';
import {
  OP_block,
  OP_catch,
  OP_catch_all,
  OP_delegate,
  OP_else,
  OP_end,
  OP_if,
  OP_loop,
  OP_select,
  OP_select_t,
  OP_try,
  OP_try_table,
} from '../format/opcodes.gen.ts';
import { isNullable } from '../format/types.ts';
import { ImmediateParser } from './immediate-parser.ts';
import { LabelStack } from './label-stack.ts';
import { TOKEN_KEYWORD, TOKEN_LPAR, TOKEN_RPAR } from './lexer.ts';
import type { TypeParser } from './type-parser.ts';

/** Frames. The folded ones are closed by a parenthesis, the flat ones by `end` or `delegate`. */
const FOLDED_PLAIN = 0;
const FOLDED_BLOCK = 1;
/** `(if` before its `(then`, between `(then` and `(else`, and behind. */
const FOLDED_IF = 2;
const FOLDED_TRY = 3;
/** `(then`, `(else`, `(do`, `(catch`, `(catch_all`: what belongs to the frame below. */
const FOLDED_PART = 4;
const FLAT_BLOCK = 5;
const FLAT_IF = 6;
const FLAT_TRY = 7;

interface Frame {
  readonly kind: number;
  readonly op: number;
  readonly position: number;
  /** Words to emit when the frame closes, or at `(then`. */
  readonly words: readonly number[];
  readonly hint: boolean | null;
  /** How far an `if` or `try` has come: 0 nothing, 1 first part, 2 a catch, 3 else, catch_all or delegate. */
  stage: number;
  readonly label: string | null;
}

/** Gives the branch hint written before a token, if there is one. */
export type HintSource = (token: number) => boolean | null;

const NO_HINTS: HintSource = () => null;

export class InstructionParser {
  /** Hints of the expressions parsed since they were last taken away. */
  hints: BranchHint[] = [];
  hintBefore: HintSource = NO_HINTS;
  private readonly types: TypeParser;
  private readonly immediates: ImmediateParser;
  readonly builder: CodeBuilder;
  private frames: Frame[] = [];

  constructor(types: TypeParser) {
    this.types = types;
    this.immediates = new ImmediateParser(types);
    this.builder = new CodeBuilder(types.context.budget);
  }

  /** Names of the locals of the function to parse, by index. */
  set locals(names: ReadonlyMap<string, number>) {
    this.immediates.locals = names;
  }

  /** Instructions up to a parenthesis that closes none of them, and the `end` behind. */
  expression(): Code {
    this.begin();
    this.run(false);
    return this.finish();
  }

  /** One folded instruction as an expression. */
  foldedExpression(): Code {
    this.begin();
    if (this.types.cursor.kind() !== TOKEN_LPAR) this.types.cursor.unexpected();
    this.run(true);
    return this.finish();
  }

  private begin(): void {
    this.frames = [];
    this.immediates.labels = new LabelStack();
  }

  private finish(): Code {
    this.builder.begin(OP_end, this.types.cursor.position);
    return this.builder.finish();
  }

  private run(onlyOne: boolean): void {
    const { cursor } = this.types;
    const { frames } = this;
    do {
      const kind = cursor.kind();
      if (kind === TOKEN_LPAR) this.openForm();
      else if (kind === TOKEN_KEYWORD) this.flat();
      else if (kind === TOKEN_RPAR && frames.length > 0) this.closeForm();
      else {
        if (frames.length > 0) cursor.unexpected();
        return;
      }
    } while (!onlyOne || frames.length > 0);
  }

  private push(frame: Frame): void {
    const { nesting } = this.types.limits;
    if (this.frames.length >= nesting) overLimit(frame.position, 'nesting of instructions', nesting);
    this.frames.push(frame);
  }

  private emit(op: number, words: readonly number[], position: number, hint: boolean | null): void {
    const { builder } = this;
    if (hint !== null) this.hints.push({ instruction: builder.instructionCount, isLikely: hint, position });
    builder.begin(op, position);
    for (const word of words) builder.word(word);
  }

  /** A flat instruction, or one that ends or divides a flat block. */
  private flat(): void {
    const { cursor } = this.types;
    const { position } = cursor;
    const hint = this.hintBefore(cursor.at);
    const top = this.frames[this.frames.length - 1];
    // Operands of folded instructions are folded themselves.
    if (top !== undefined && top.kind <= FOLDED_TRY && top.kind !== FOLDED_BLOCK) cursor.unexpected();
    const op = this.operator();
    switch (op) {
      case OP_block:
      case OP_loop:
      case OP_if:
      case OP_try:
      case OP_try_table: {
        const label = cursor.optionalId();
        const kind = op === OP_if ? FLAT_IF : op === OP_try ? FLAT_TRY : FLAT_BLOCK;
        this.emit(op, this.blockWords(op), position, hint);
        this.immediates.labels.push(label);
        this.push({ kind, op, position, words: [], hint: null, stage: 0, label });
        return;
      }
      case OP_else:
        if (top?.kind !== FLAT_IF || top.stage !== 0) this.back();
        top.stage = 3;
        this.checkLabel(top.label);
        this.emit(op, [], position, null);
        return;
      case OP_catch:
      case OP_catch_all:
        if (top?.kind !== FLAT_TRY || top.stage === 3) this.back();
        top.stage = op === OP_catch ? 2 : 3;
        this.emit(op, op === OP_catch ? [this.types.index('tag')] : [], position, null);
        return;
      case OP_delegate:
        if (top?.kind !== FLAT_TRY || top.stage !== 0) this.back();
        this.frames.pop();
        this.immediates.labels.pop();
        this.emit(op, [this.immediates.label()], position, null);
        return;
      case OP_end:
        if (top === undefined || top.kind < FLAT_BLOCK) this.back();
        this.checkLabel(top.label);
        this.frames.pop();
        this.immediates.labels.pop();
        this.emit(op, [], position, null);
        return;
      default: {
        const words = this.plainWords(op);
        this.emit(words.op, words.list, position, hint);
      }
    }
  }

  /** The keyword just passed stands in the wrong place. */
  private back(): never {
    this.types.cursor.at--;
    const { cursor } = this.types;
    malformed(cursor.position, 'unexpectedToken', cursor.text());
  }

  private checkLabel(label: string | null): void {
    const { cursor } = this.types;
    const { position } = cursor;
    const name = cursor.optionalId();
    if (name !== null && name !== label) malformed(position, 'mismatchingLabel', `$${name}`);
  }

  private openForm(): void {
    const { cursor } = this.types;
    const top = this.frames[this.frames.length - 1];
    if (cursor.kind(1) !== TOKEN_KEYWORD) {
      cursor.at++;
      cursor.unexpected();
    }
    const keyword = cursor.text(1);
    if (top?.kind === FOLDED_IF && this.openIfPart(top, keyword)) return;
    if (top?.kind === FOLDED_TRY) {
      this.openTryPart(top, keyword);
      return;
    }
    const { position } = cursor;
    const hint = this.hintBefore(cursor.at);
    cursor.at++;
    const op = this.operator();
    switch (op) {
      case OP_block:
      case OP_loop:
      case OP_try:
      case OP_try_table:
      case OP_if:
        this.openBlock(op, position, hint);
        return;
      case OP_else:
      case OP_end:
      case OP_catch:
      case OP_catch_all:
      case OP_delegate:
        this.back();
    }
    const words = this.plainWords(op);
    this.push({ kind: FOLDED_PLAIN, op: words.op, position, words: words.list, hint, stage: 0, label: null });
  }

  private openBlock(op: number, position: number, hint: boolean | null): void {
    const label = this.types.cursor.optionalId();
    const words = this.blockWords(op);
    if (op === OP_if) {
      // The condition comes first, and does not see the label.
      this.push({ kind: FOLDED_IF, op, position, words, hint, stage: 0, label });
      return;
    }
    this.emit(op, words, position, hint);
    this.immediates.labels.push(label);
    this.push({
      kind: op === OP_try ? FOLDED_TRY : FOLDED_BLOCK,
      op,
      position,
      words,
      hint: null,
      stage: 0,
      label,
    });
  }

  /** `(then` and `(else`; false if the form is part of the condition. */
  private openIfPart(top: Frame, keyword: string): boolean {
    const { cursor } = this.types;
    const isThen = keyword === 'then';
    if (!isThen && keyword !== 'else') {
      if (top.stage !== 0) cursor.unexpected();
      return false;
    }
    if (top.stage !== (isThen ? 0 : 1)) cursor.unexpected();
    if (isThen) {
      this.emit(OP_if, top.words, top.position, top.hint);
      this.immediates.labels.push(top.label);
    } else this.emit(OP_else, [], cursor.position, null);
    top.stage = isThen ? 1 : 3;
    this.openPart();
    return true;
  }

  private openTryPart(top: Frame, keyword: string): void {
    const { immediates } = this;
    const { cursor } = this.types;
    const { position } = cursor;
    const isAllowed =
      keyword === 'do'
        ? top.stage === 0
        : keyword === 'catch' || keyword === 'catch_all'
          ? top.stage === 1 || top.stage === 2
          : keyword === 'delegate' && top.stage === 1;
    if (!isAllowed) {
      cursor.at++;
      cursor.unexpected();
    }
    this.openPart();
    switch (keyword) {
      case 'do':
        top.stage = 1;
        return;
      case 'catch':
        top.stage = 2;
        this.emit(OP_catch, [this.types.index('tag')], position, null);
        return;
      case 'catch_all':
        top.stage = 3;
        this.emit(OP_catch_all, [], position, null);
        return;
      default: {
        // The label is one of those around the try, which ends here.
        const own = immediates.labels.pop();
        this.emit(OP_delegate, [immediates.label()], position, null);
        immediates.labels.push(own);
        top.stage = 4;
      }
    }
  }

  private openPart(): void {
    const { cursor } = this.types;
    const { position } = cursor;
    cursor.at += 2;
    this.push({ kind: FOLDED_PART, op: 0, position, words: [], hint: null, stage: 0, label: null });
  }

  private closeForm(): void {
    const { cursor } = this.types;
    const { position } = cursor;
    const top = this.frames[this.frames.length - 1] as Frame;
    switch (top.kind) {
      case FOLDED_PLAIN:
        this.emit(top.op, top.words, top.position, top.hint);
        break;
      case FOLDED_IF:
      case FOLDED_TRY:
        if (top.stage === 0) cursor.unexpected();
        if (top.stage < 4) this.emit(OP_end, [], position, null);
        this.immediates.labels.pop();
        break;
      case FOLDED_BLOCK:
        this.emit(OP_end, [], position, null);
        this.immediates.labels.pop();
        break;
      case FOLDED_PART:
        break;
      default:
        // A flat block that is still open.
        cursor.unexpected();
    }
    this.frames.pop();
    cursor.at++;
  }

  /** The instruction whose name stands here; of several the first. */
  private operator(): number {
    const { cursor, features } = this.types;
    const ops = opsOfName(cursor.text()) ?? cursor.unexpected();
    const { feature } = instructionRows[ops[0] as number] as InstructionRow;
    if (!features[feature]) malformed(cursor.position, 'featureOffText', cursor.text(), feature);
    cursor.at++;
    return ops[0] as number;
  }

  private plainWords(op: number): { op: number; list: number[] } {
    const list: number[] = [];
    const { immediates } = this;
    const { cursor } = this.types;
    if (op === OP_select) {
      const results: number[] = [];
      if (!cursor.isForm('result')) return { op, list };
      if (!this.types.features.referenceTypes) cursor.needsFeature('referenceTypes', 1);
      this.types.results(results);
      return { op: OP_select_t, list: [results.length, ...results] };
    }
    const row = instructionRows[op] as InstructionRow;
    if (row.immediates === 'castNonNull') {
      // Two opcodes share the name; the type says which.
      const type = this.types.refType();
      return { op: isNullable(type) ? op + 1 : op, list: [type] };
    }
    immediates.parse(row, list);
    return { op, list };
  }

  private blockWords(op: number): number[] {
    const words = this.blockType();
    if (op === OP_try_table) this.catches(words);
    return words;
  }

  private blockType(): number[] {
    const { types } = this;
    if (types.cursor.isForm('type')) return [BLOCK_TYPE, types.typeUse(false).typeidx];
    const { position } = types.cursor;
    const { params, results } = types.signature(false);
    if (params.length === 0 && results.length === 0) return [BLOCK_NONE, 0];
    if (params.length === 0 && results.length === 1) return [BLOCK_VALUE, results[0] as number];
    return [BLOCK_TYPE, types.context.inlineFuncType(params, results, position)];
  }

  private catches(words: number[]): void {
    const { cursor } = this.types;
    const countAt = words.push(0) - 1;
    for (;;) {
      const kind = catchKinds.findIndex((keyword) => cursor.isForm(keyword));
      if (kind < 0) break;
      cursor.at += 2;
      words.push(
        kind,
        kind === CATCH || kind === CATCH_REF ? this.types.index('tag') : 0,
        this.immediates.label(),
      );
      cursor.close();
      words[countAt] = (words[countAt] as number) + 1;
    }
  }
}

const catchKinds: string[] = [];
catchKinds[CATCH] = 'catch';
catchKinds[CATCH_REF] = 'catch_ref';
catchKinds[CATCH_ALL] = 'catch_all';
catchKinds[CATCH_ALL_REF] = 'catch_all_ref';
