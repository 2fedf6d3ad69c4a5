// The loop that validates function bodies: frequent instructions over local variables, where operands have just the types
// that are wanted. Whatever is not so (subtypes, code that is not reached, errors) it leaves as it was to the general
// rules. The generated twin of this file has literal case labels, of which V8 makes a jump table; this one is the source.
// hot

import { BLOCK_NONE, BLOCK_TYPE, type Code } from '../format/code.ts';
import { immediateLength } from '../format/instruction-lookup.ts';
import * as op from '../format/opcodes.gen.ts';
import { type FuncType, I32, isNumberOrVector, V128, type ValType } from '../format/types.ts';
import type { Context } from './context.ts';
import {
  ACCESS,
  alignments,
  BLOCK,
  BR,
  BR_IF,
  CALL,
  DROP,
  END,
  firstParams,
  frequentRules,
  GLOBAL_GET,
  GLOBAL_SET,
  LOCAL_GET,
  LOCAL_SET,
  LOCAL_TEE,
  lastParams,
  lengths,
  paramCounts,
  resultTypes,
  SELECT,
  TYPED,
} from './frequent-rules.ts';
import { NO_TYPES, type OperandStack } from './operand-stack.ts';

/** What the loop needs of the general validator. */
export interface BodyValidator {
  readonly context: Context;
  readonly stack: OperandStack;
  readonly locals: readonly ValType[];
  readonly setLocals: readonly number[];
  general(at: number, position: number): void;
}

/** Lists of one type, by the type's code. */
const SINGLE_TYPES: readonly (readonly ValType[])[] = [0, 1, 2, 3, 4, 5].map((code) => [-2 * code]);

/**
 * The instructions of a body, whose outermost block is open. Locals below `easyLocals` need not be set before they are
 * read. Throws a ModuleError.
 */
export function validateBody(v: BodyValidator, { words, positions }: Code, easyLocals: number): void {
  const { stack, locals, context, setLocals } = v;
  const { types } = stack;
  const { globals, funcs, registry } = context;
  const { operands, nesting } = context.limits;
  const memory = context.memories[0];
  const hasMemory32 = memory !== undefined && !memory.is64;
  let { height } = stack;
  let floor = stack.top.height;
  for (let at = 0, count = 0; at < words.length; count++) {
    const number = words[at] as number;
    const first = words[at + 1] as number;
    const rule = frequentRules[number];
    switch (rule) {
      case LOCAL_GET:
        if (first >>> 0 >= easyLocals || height >= operands) break;
        types[height++] = locals[first] as ValType;
        at += 2;
        continue;
      case LOCAL_SET:
        if (first >>> 0 >= easyLocals || height <= floor || types[height - 1] !== locals[first]) break;
        height--;
        at += 2;
        continue;
      case LOCAL_TEE:
        if (first >>> 0 >= easyLocals || height <= floor || types[height - 1] !== locals[first]) break;
        at += 2;
        continue;
      case ACCESS:
      case TYPED: {
        if (rule === ACCESS) {
          if (!hasMemory32 || first !== 0 || words[at + 4] !== 0) break;
          if ((words[at + 2] as number) > (alignments[number] as number)) break;
        }
        const base = height - (paramCounts[number] as number);
        if (base < floor || base >= operands) break;
        if (base < height) {
          if (types[height - 1] !== lastParams[number]) break;
          if (types[base] !== firstParams[number]) break;
        }
        height = base;
        const result = resultTypes[number] as ValType;
        if (result !== 0) types[height++] = result;
        at += lengths[number] as number;
        continue;
      }
      case GLOBAL_GET: {
        const global = globals[first];
        if (global === undefined || height >= operands) break;
        types[height++] = global.type;
        at += 2;
        continue;
      }
      case GLOBAL_SET: {
        const global = globals[first];
        if (global === undefined || !global.isMutable || height <= floor) break;
        if (types[height - 1] !== global.type) break;
        height--;
        at += 2;
        continue;
      }
      case DROP:
        if (height <= floor) break;
        height--;
        at++;
        continue;
      case SELECT: {
        const type = types[height - 2] as ValType;
        if (height - 3 < floor || types[height - 1] !== I32) break;
        if (types[height - 3] !== type || !isNumberOrVector(type)) break;
        height -= 2;
        at++;
        continue;
      }
      case BLOCK: {
        const value = words[at + 2] as number;
        if (first === BLOCK_TYPE || value < V128 || (value & 1) !== 0 || stack.depth > nesting) break;
        if (number === op.OP_if) {
          if (height <= floor || types[height - 1] !== I32) break;
          height--;
        }
        stack.height = height;
        const results = first === BLOCK_NONE ? NO_TYPES : (SINGLE_TYPES[-value >> 1] as readonly ValType[]);
        stack.open(number, NO_TYPES, results, number === op.OP_loop, setLocals.length);
        floor = height;
        at += 3;
        continue;
      }
      case END:
        stack.height = height;
        if (!stack.closePlain(setLocals.length)) break;
        floor = stack.top.height;
        at++;
        continue;
      case BR:
        if (first >>> 0 >= stack.depth || stack.label(first).labelTypes.length > 0) break;
        height = floor;
        stack.top.isUnreachable = true;
        at += 2;
        continue;
      case BR_IF:
        if (first >>> 0 >= stack.depth || stack.label(first).labelTypes.length > 0) break;
        if (height <= floor || types[height - 1] !== I32) break;
        height--;
        at += 2;
        continue;
      case CALL: {
        const func = funcs[first];
        if (func === undefined) break;
        const { params, results } = registry.get(func.type).comp as FuncType;
        const base = height - params.length;
        if (base < floor || results.length > 1 || base >= operands) break;
        if (!areSame(types, base, params)) break;
        height = base;
        if (results.length > 0) types[height++] = results[0] as ValType;
        at += 2;
        continue;
      }
    }
    stack.height = height;
    v.general(at, positions[count] as number);
    height = stack.height;
    floor = stack.top.height;
    at += 1 + immediateLength(words, at);
  }
}

/** Whether `types` from `base` on are just the wanted ones. */
function areSame(types: readonly ValType[], base: number, wanted: readonly ValType[]): boolean {
  for (let i = 0; i < wanted.length; i++) if (types[base + i] !== wanted[i]) return false;
  return true;
}
