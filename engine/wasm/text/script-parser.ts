// Commands of a script from its text. A script that has modules' fields at its top is one module.

import { DEFAULT_FEATURES } from '../format/features.ts';
import { DEFAULT_MODULE_LIMITS } from '../format/limits.ts';
import { ModuleBudget } from '../format/module-budget.ts';
import { malformed } from '../format/module-error.ts';
import {
  HEAP_ANY,
  HEAP_ARRAY,
  HEAP_EQ,
  HEAP_EXN,
  HEAP_EXTERN,
  HEAP_FUNC,
  HEAP_I31,
  HEAP_STRUCT,
  type HeapType,
} from '../format/types.ts';
import { pushNumber } from './immediate-parser.ts';
import {
  TOKEN_END,
  TOKEN_FLOAT,
  TOKEN_ID,
  TOKEN_INT,
  TOKEN_KEYWORD,
  TOKEN_LPAR,
  TOKEN_NAT,
  tokenize,
} from './lexer.ts';
import { ModuleContext } from './module-context.ts';
import type {
  Action,
  Command,
  LanePattern,
  ModuleAssertion,
  ModuleSource,
  NumberType,
  ScriptResult,
  ScriptValue,
} from './script.ts';
import { MODULE_ASSERTIONS } from './script.ts';
import { TokenCursor } from './token-cursor.ts';
import { TypeParser } from './type-parser.ts';
import { laneBits, SHAPES } from './vector-literals.ts';

/**
 * The commands of a script. Throws a ModuleError of kind `malformed` for what is no command; modules within are not
 * looked at yet.
 */
export function parseScript(text: string): Command[] {
  return new ScriptParser(text).commands();
}

/** Results that are any reference of a type. */
const REFERENCE_RESULTS: ReadonlyMap<string, HeapType> = new Map([
  ['ref', HEAP_ANY],
  ['ref.eq', HEAP_EQ],
  ['ref.i31', HEAP_I31],
  ['ref.struct', HEAP_STRUCT],
  ['ref.array', HEAP_ARRAY],
  ['ref.func', HEAP_FUNC],
  ['ref.exn', HEAP_EXN],
  ['ref.extern', HEAP_EXTERN],
]);

class ScriptParser {
  private readonly cursor: TokenCursor;
  private readonly types: TypeParser;

  constructor(text: string) {
    this.cursor = new TokenCursor(tokenize(text));
    this.types = new TypeParser(
      this.cursor,
      new ModuleContext(DEFAULT_MODULE_LIMITS, new ModuleBudget(DEFAULT_MODULE_LIMITS)),
      DEFAULT_FEATURES,
      DEFAULT_MODULE_LIMITS,
    );
  }

  commands(): Command[] {
    const { cursor } = this;
    if (cursor.kind() === TOKEN_LPAR && !this.isCommand()) {
      const module: ModuleSource = {
        kind: 'text',
        tokens: cursor.tokens,
        start: 0,
        end: cursor.tokens.count,
      };
      return [{ kind: 'module', isDefinition: false, name: null, module, position: 0 }];
    }
    const commands: Command[] = [];
    while (cursor.kind() !== TOKEN_END) commands.push(this.command());
    return commands;
  }

  private isCommand(): boolean {
    const word = this.cursor.text(1);
    return ['module', 'register', 'invoke', 'get'].includes(word) || word.startsWith('assert_');
  }

  private command(): Command {
    const { cursor } = this;
    const { position } = cursor;
    cursor.open();
    const keyword = cursor.keyword();
    switch (keyword) {
      case 'module':
        if (cursor.acceptKeyword('instance')) return { ...this.instance(), position };
        return { kind: 'module', position, ...this.module() };
      case 'register': {
        const as = cursor.name();
        const instance = cursor.optionalId();
        cursor.close();
        return { kind: 'register', as, instance, position };
      }
      case 'invoke':
      case 'get':
        cursor.at -= 2;
        return { kind: 'action', action: this.action(), position };
      default: {
        const command = this.assertion(keyword, position);
        cursor.close();
        return command;
      }
    }
  }

  private assertion(keyword: string, position: number): Command {
    const { cursor } = this;
    if (keyword === 'assert_trap' && cursor.isForm('module')) {
      const module = this.nestedModule();
      return { kind: 'assert_uninstantiable', module, message: cursor.name(), position };
    }
    if (MODULE_ASSERTIONS.includes(keyword)) {
      const module = this.nestedModule();
      return { kind: keyword as ModuleAssertion, module, message: cursor.name(), position };
    }
    switch (keyword) {
      case 'assert_return': {
        const action = this.action();
        const results: ScriptResult[] = [];
        while (cursor.kind() === TOKEN_LPAR) results.push(this.result());
        return { kind: keyword, action, results, position };
      }
      case 'assert_exception':
        return { kind: keyword, action: this.action(), position };
      case 'assert_trap':
      case 'assert_exhaustion': {
        const action = this.action();
        return { kind: keyword, action, message: cursor.name(), position };
      }
      default:
        return malformed(position, 'unexpectedToken', keyword);
    }
  }

  private instance(): { kind: 'instance'; name: string | null; module: string | null } {
    const { cursor } = this;
    const first = cursor.optionalId();
    const second = cursor.optionalId();
    cursor.close();
    return second === null
      ? { kind: 'instance', name: null, module: first }
      : { kind: 'instance', name: first, module: second };
  }

  private nestedModule(): ModuleSource {
    this.cursor.open();
    if (!this.cursor.acceptKeyword('module')) this.cursor.unexpected();
    return this.module().module;
  }

  /** Behind `(module`, up to and with its parenthesis. */
  private module(): { isDefinition: boolean; name: string | null; module: ModuleSource } {
    const { cursor } = this;
    const isDefinition = cursor.acceptKeyword('definition');
    const name = cursor.optionalId();
    for (const kind of ['binary', 'quote'] as const)
      if (cursor.acceptKeyword(kind)) {
        const bytes = cursor.byteStrings();
        cursor.close();
        return { isDefinition, name, module: { kind, bytes } };
      }
    const start = cursor.at;
    cursor.passForm();
    return { isDefinition, name, module: { kind: 'text', tokens: cursor.tokens, start, end: cursor.at - 1 } };
  }

  private action(): Action {
    const { cursor } = this;
    cursor.open();
    const kind = cursor.keyword();
    const instance = cursor.optionalId();
    const name = cursor.name();
    const args: ScriptValue[] = [];
    if (kind === 'invoke') while (cursor.kind() === TOKEN_LPAR) args.push(this.value());
    else if (kind !== 'get') cursor.unexpected();
    cursor.close();
    return kind === 'invoke' ? { kind, instance, name, args } : { kind: 'get', instance, name };
  }

  private value(): ScriptValue {
    const { cursor } = this;
    const { position } = cursor;
    const value = this.result();
    switch (value.kind) {
      case 'nan':
      case 'anyNull':
      case 'ref':
      case 'either':
        return malformed(position, 'unexpectedToken', 'of a result');
      case 'lanes':
        return { kind: 'v128', words: wordsOfLanes(value.bits, value.lanes) };
      default:
        return value;
    }
  }

  private result(): ScriptResult {
    const { cursor } = this;
    cursor.open();
    const keyword = cursor.keyword();
    const result = this.resultOf(keyword);
    cursor.close();
    return result;
  }

  private resultOf(keyword: string): ScriptResult {
    const { cursor } = this;
    const { position } = cursor;
    switch (keyword) {
      case 'i32.const':
      case 'i64.const':
      case 'f32.const':
      case 'f64.const': {
        const type = keyword.slice(0, 3) as NumberType;
        const nan = this.nanPattern();
        if (nan !== null)
          return { kind: 'nan', type: type as 'f32' | 'f64', isCanonical: nan === 'canonical' };
        const words: number[] = [];
        pushNumber(words, type, this.number(), position);
        return { kind: type, words };
      }
      case 'v128.const':
        return this.vector();
      case 'ref.null':
        if (cursor.kind() !== TOKEN_KEYWORD && cursor.kind() !== TOKEN_ID) return { kind: 'anyNull' };
        return { kind: 'null', heap: this.types.heapType() };
      case 'ref.extern':
      case 'ref.host':
        if (cursor.kind() === TOKEN_NAT)
          return { kind: keyword === 'ref.host' ? 'host' : 'extern', value: cursor.u32() };
        break;
      case 'either': {
        const options: ScriptResult[] = [];
        while (cursor.kind() === TOKEN_LPAR) options.push(this.result());
        return { kind: 'either', options };
      }
    }
    const heap = REFERENCE_RESULTS.get(keyword);
    return heap === undefined ? malformed(position, 'unexpectedToken', keyword) : { kind: 'ref', heap };
  }

  private number(): string {
    const { cursor } = this;
    const kind = cursor.kind();
    if (kind !== TOKEN_NAT && kind !== TOKEN_INT && kind !== TOKEN_FLOAT) cursor.unexpected();
    const text = cursor.text();
    cursor.at++;
    return text;
  }

  private nanPattern(): 'canonical' | 'arithmetic' | null {
    if (this.cursor.acceptKeyword('nan:canonical')) return 'canonical';
    return this.cursor.acceptKeyword('nan:arithmetic') ? 'arithmetic' : null;
  }

  private vector(): ScriptResult {
    const { cursor } = this;
    const { position } = cursor;
    const shape = SHAPES.get(cursor.text()) ?? cursor.unexpected();
    cursor.at++;
    const lanes: LanePattern[] = [];
    for (let i = 0; i < shape.lanes; i++)
      lanes.push(this.nanPattern() ?? BigInt.asUintN(shape.bits, laneBits(shape, this.number(), position)));
    return { kind: 'lanes', bits: shape.bits, lanes };
  }
}

/** The four words of a vector whose lanes are all numbers. */
function wordsOfLanes(bits: number, lanes: readonly LanePattern[]): number[] {
  let value = 0n;
  for (let i = lanes.length - 1; i >= 0; i--) value = (value << BigInt(bits)) | (lanes[i] as bigint);
  return [0n, 32n, 64n, 96n].map((shift) => Number(BigInt.asIntN(32, value >> shift)));
}
