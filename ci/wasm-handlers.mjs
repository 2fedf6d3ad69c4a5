// The text of the handlers that follow from the instruction table: one small static function for each opcode, so that
// each is compiled for what it does. Values lie as engine/wasm/runtime/register-code.ts says.

import { VECTOR_HELPERS, vectorHandlers } from './wasm-vector-handlers.mjs';

/** File of the reference semantics of an instruction. */
function evalFile({ name, type }) {
  if (type === 'vector') {
    if (/^f|f32x4|f64x2|trunc|convert/.test(name) && !/splat|lane|swizzle|select/.test(name))
      return 'wasm-v128-float';
    if (/^v128|splat|lane|shuffle|swizzle/.test(name)) return 'wasm-v128-bits';
    return 'wasm-v128-integer';
  }
  if (/wrap|trunc_|extend_i32|convert|demote|promote|reinterpret/.test(name) && !/^f\d\d_trunc$/.test(name))
    return 'wasm-conversion';
  return { i32: 'wasm-i32', i64: 'wasm-i64', f32: 'wasm-float', f64: 'wasm-float' }[name.slice(0, 3)];
}

const TYPES = new Map([
  [-2, 'i32'],
  [-4, 'i64'],
  [-6, 'f32'],
  [-8, 'f64'],
  [-10, 'v128'],
]);

/** Instructions on floats that are about bits. */
const ON_BITS = /_(abs|neg|copysign)$|reinterpret/;

const slot = (operand) => `fp + code[pc + ${operand}]`;
const word = (operand) => `(${slot(operand)}) << 1`;

/** How an operand of a type is read. */
function read(type, operand, isBits) {
  switch (type) {
    case 'i32':
      return `m.i32[${word(operand)}]`;
    case 'i64':
      return `m.i64[${slot(operand)}]`;
    case 'f32':
      return isBits ? `m.i32[${word(operand)}]` : `m.f32[${word(operand)}]`;
    case 'f64':
      return isBits ? `m.i64[${slot(operand)}]` : `m.f64[${slot(operand)}]`;
  }
  throw new Error(type);
}

/** Statements that store the expression as the result. */
function write(type, value, isBits) {
  switch (type) {
    case 'i32':
      return `m.i32[${word(1)}] = ${value};`;
    case 'i64':
      return `m.i64[${slot(1)}] = ${value};`;
    case 'f32':
      if (isBits) return `m.i32[${word(1)}] = ${value};`;
      return `const r = ${value};\n  if (r === r) m.f32[${word(1)}] = r;\n  else m.i32[${word(1)}] = 0x7fc0_0000;`;
    case 'f64':
      if (isBits) return `m.i64[${slot(1)}] = ${value};`;
      return `const r = ${value};\n  if (r === r) m.f64[${slot(1)}] = r;\n  else setNaN(m.i32, ${word(1)});`;
  }
  throw new Error(type);
}

const lines = (...texts) => texts.map((text) => `  ${text}\n`).join('');
const words64 = (a) => lines(`const a = ${word(a)};`, `const d = ${word(1)};`);

/**
 * Faster forms of 64-bit instructions: host bigints of 64 bits are quick to add, multiply and compare in typed arrays,
 * and slow to shift, wrap and compare without sign, which is done on the halves.
 */
const FAST = {
  i64_eqz: words64(2) + lines('m.i32[d] = (m.i32[a] | m.i32[a + 1]) === 0 ? 1 : 0;'),
  i32_wrap_i64: words64(2) + lines('m.i32[d] = m.i32[a];'),
  i64_extend_i32_s: words64(2) + lines('const x = m.i32[a];', 'm.i32[d] = x;', 'm.i32[d + 1] = x >> 31;'),
  i64_extend_i32_u: words64(2) + lines('m.i32[d] = m.i32[a];', 'm.i32[d + 1] = 0;'),
  i64_extend8_s:
    words64(2) + lines('const x = (m.i32[a] << 24) >> 24;', 'm.i32[d] = x;', 'm.i32[d + 1] = x >> 31;'),
  i64_extend16_s:
    words64(2) + lines('const x = (m.i32[a] << 16) >> 16;', 'm.i32[d] = x;', 'm.i32[d + 1] = x >> 31;'),
  i64_extend32_s: words64(2) + lines('const x = m.i32[a];', 'm.i32[d] = x;', 'm.i32[d + 1] = x >> 31;'),
  i64_reinterpret_f64:
    words64(2) + lines('const x = m.i32[a + 1];', 'm.i32[d] = m.i32[a];', 'm.i32[d + 1] = x;'),
  f64_reinterpret_i64:
    words64(2) + lines('const x = m.i32[a + 1];', 'm.i32[d] = m.i32[a];', 'm.i32[d + 1] = x;'),
  f64_abs:
    words64(2) + lines('const x = m.i32[a + 1];', 'm.i32[d] = m.i32[a];', 'm.i32[d + 1] = x & 0x7fff_ffff;'),
  f64_neg:
    words64(2) + lines('const x = m.i32[a + 1];', 'm.i32[d] = m.i32[a];', 'm.i32[d + 1] = x ^ -0x8000_0000;'),
  i64_sub: lines(`m.i64[${slot(1)}] = m.i64[${slot(2)}] - m.i64[${slot(3)}];`),
  i64_mul: lines(`m.i64[${slot(1)}] = m.i64[${slot(2)}] * m.i64[${slot(3)}];`),
};
for (const [name, operator] of [
  ['and', '&'],
  ['or', '|'],
  ['xor', '^'],
])
  FAST[`i64_${name}`] =
    words64(2) +
    lines(
      `const b = ${word(3)};`,
      `const x = m.i32[a + 1] ${operator} m.i32[b + 1];`,
      `m.i32[d] = m.i32[a] ${operator} m.i32[b];`,
      'm.i32[d + 1] = x;',
    );
for (const [name, operator] of [
  ['lt', '<'],
  ['gt', '>'],
  ['le', '<='],
  ['ge', '>='],
])
  FAST[`i64_${name}_u`] =
    words64(2) +
    lines(
      `const b = ${word(3)};`,
      'const x = m.i32[a + 1] >>> 0;',
      'const y = m.i32[b + 1] >>> 0;',
      `m.i32[d] = (x === y ? m.i32[a] >>> 0 ${operator} m.i32[b] >>> 0 : x ${operator} y) ? 1 : 0;`,
    );
const halves = lines(
  'const low = m.i32[a];',
  'const high = m.i32[a + 1];',
  `const by = m.i32[${word(3)}] & 63;`,
);
FAST.i64_shl =
  words64(2) +
  halves +
  lines(
    'm.i32[d] = by < 32 ? low << by : 0;',
    'm.i32[d + 1] = by === 0 ? high : by < 32 ? (high << by) | (low >>> (32 - by)) : low << (by - 32);',
  );
FAST.i64_shr_u =
  words64(2) +
  halves +
  lines(
    'm.i32[d] = by === 0 ? low : by < 32 ? (low >>> by) | (high << (32 - by)) : high >>> (by - 32);',
    'm.i32[d + 1] = by < 32 ? high >>> by : 0;',
  );
FAST.i64_shr_s =
  words64(2) +
  halves +
  lines(
    'm.i32[d] = by === 0 ? low : by < 32 ? (low >>> by) | (high << (32 - by)) : high >> (by - 32);',
    'm.i32[d + 1] = by < 32 ? high >> by : high >> 31;',
  );
FAST.i64_rotl =
  words64(2) +
  halves +
  lines(
    'const x = by < 32 ? low : high;',
    'const y = by < 32 ? high : low;',
    'const by32 = by & 31;',
    'm.i32[d] = by32 === 0 ? x : (x << by32) | (y >>> (32 - by32));',
    'm.i32[d + 1] = by32 === 0 ? y : (y << by32) | (x >>> (32 - by32));',
  );
FAST.i64_rotr =
  words64(2) +
  halves +
  lines(
    'const x = by < 32 ? low : high;',
    'const y = by < 32 ? high : low;',
    'const by32 = by & 31;',
    'm.i32[d] = by32 === 0 ? x : (x >>> by32) | (y << (32 - by32));',
    'm.i32[d + 1] = by32 === 0 ? y : (y >>> by32) | (x << (32 - by32));',
  );

Object.assign(FAST, vectorHandlers());

export function numericHandlers(instructionRows, derivedOps) {
  const imports = new Map();
  const use = (file, name) => imports.set(file, (imports.get(file) ?? new Set()).add(name));
  const bodies = [];
  const entries = [];
  for (const { name, instruction, form } of derivedOps) {
    if (form !== 'numeric') continue;
    const row = instructionRows[instruction];
    const params = row.params.map((type) => TYPES.get(type));
    const [result] = row.results.map((type) => TYPES.get(type));
    const isVector = params.includes('v128') || result === 'v128';
    const lane = row.immediates === 'lane' ? 1 : row.immediates === 'shuffle' ? 1 : 0;
    const length = 2 + params.length + lane;
    let body = FAST[name];
    if (body !== undefined) {
      // Written out.
    } else if (isVector) {
      use(evalFile({ name, type: 'vector' }), `eval_${name}`);
      const args = [1, 2, 3, 4].map((operand) => {
        if (operand > params.length + 1 + lane) return '0';
        return row.immediates === 'lane' && operand === params.length + 2
          ? `code[pc + ${operand}]`
          : slot(operand);
      });
      body = lines(`eval_${name}(m.lanes, ${args.join(', ')});`);
    } else {
      const isBits = ON_BITS.test(name);
      const file = evalFile({ name });
      use(file, `eval_${name}`);
      const args = params.map((type, i) => read(type, 2 + i, isBits));
      body = args.map((arg, i) => lines(`const ${'abcd'[i]} = ${arg};`)).join('');
      const list = params.map((_, i) => 'abcd'[i]).join(', ');
      if ((row.flags & 2) !== 0) {
        use(file, `trap_${name}`);
        body += lines(
          `const trap = trap_${name}(${list});`,
          'if (trap !== WASM_TRAP_NONE) return m.trapAt(pc, trap);',
        );
      }
      body += lines(write(result, `eval_${name}(${list})`, isBits));
    }
    bodies.push(
      `function ${name}(m: Machine, code: Int32Array, pc: number, fp: number): number {\n${body}  return pc + ${length};\n}\n`,
    );
    entries.push(`  [R_${name}, ${name}],\n`);
  }
  use('wasm-traps', 'WASM_TRAP_NONE');
  const names = derivedOps.filter(({ form }) => form === 'numeric').map(({ name }) => `R_${name}`);
  return `// Handlers of instructions on numbers and vectors.
// hot

${[...imports]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(
    ([file, list]) =>
      `import {\n${[...list]
        .sort()
        .map((name) => `  ${name},\n`)
        .join('')}} from '../../eval/${file}.ts';\n`,
  )
  .join('')}import type { Handler, Machine } from './machine.ts';
import {
${names.map((name) => `  ${name},\n`).join('')}} from './register-ops.gen.ts';

function setNaN(i32: Int32Array, at: number): void {
  i32[at] = 0;
  i32[at + 1] = 0x7ff8_0000;
}

${VECTOR_HELPERS}
${bodies.join('\n')}
export const numericHandlers: readonly (readonly [op: number, handler: Handler])[] = [
${entries.join('')}];
`;
}

/** Statements of a load from byte `at` of `memory` to the word or slot of operand 1. */
function loadBody(name) {
  const d = word(1);
  const match = /^(i32|i64|f32|f64|v128)_load(.*)$/.exec(name);
  const [, type, kind] = match;
  const get = {
    '8_s': 'memory.i8[at]',
    '8_u': 'memory.u8[at]',
    '16_s': 'memory.view.getInt16(at, true)',
    '16_u': 'memory.view.getUint16(at, true)',
    '32_s': 'load32(memory, at)',
    '32_u': 'load32(memory, at)',
    '': 'load32(memory, at)',
  }[kind];
  if (type === 'i32' || type === 'f32') return lines(`m.i32[${d}] = ${get};`);
  if (type !== 'v128' && kind !== '')
    return lines(
      `const d = ${d};`,
      `const x = ${get};`,
      'm.i32[d] = x;',
      `m.i32[d + 1] = ${kind.endsWith('s') ? 'x >> 31' : '0'};`,
    );
  if (type !== 'v128')
    return lines(
      `const d = ${d};`,
      'm.i32[d] = load32(memory, at);',
      'm.i32[d + 1] = load32(memory, at + 4);',
    );
  const extend = /^(8x8|16x4|32x2)_(s|u)$/.exec(kind);
  if (extend !== null) {
    const [, shape, sign] = extend;
    const [bits, count] = shape.split('x').map(Number);
    const getter = `get${sign === 's' ? 'Int' : 'Uint'}${bits}`;
    const little = bits === 8 ? '' : ', true';
    const store = {
      8: `m.lanes.i16[((${slot(1)}) << 2) + i]`,
      16: `m.i32[(${d}) + i]`,
      32: `m.i64[${slot(1)} + i]`,
    }[bits];
    const value = `memory.view.${getter}(at + ${bits / 8} * i${little})`;
    return lines(
      `for (let i = 0; i < ${count}; i++) ${store} = ${bits === 32 ? `BigInt(${value})` : value};`,
    );
  }
  const splat = /^(\d+)_splat$/.exec(kind);
  if (splat !== null) {
    const first = {
      8: `m.i32[d] = Math.imul(memory.u8[at], 0x0101_0101);`,
      16: 'm.i32[d] = Math.imul(memory.view.getUint16(at, true), 0x1_0001);',
      32: 'm.i32[d] = load32(memory, at);',
      64: 'm.i32[d] = load32(memory, at);',
    }[splat[1]];
    const second = splat[1] === '64' ? 'm.i32[d + 1] = load32(memory, at + 4);' : 'm.i32[d + 1] = m.i32[d];';
    return lines(
      `const d = ${d};`,
      first,
      second,
      'm.i32[d + 2] = m.i32[d];',
      'm.i32[d + 3] = m.i32[d + 1];',
    );
  }
  if (kind === '32_zero' || kind === '64_zero')
    return lines(
      `const d = ${d};`,
      'm.i32[d] = load32(memory, at);',
      `m.i32[d + 1] = ${kind === '64_zero' ? 'load32(memory, at + 4)' : '0'};`,
      'm.i32[d + 2] = 0;',
      'm.i32[d + 3] = 0;',
    );
  return lines(
    `const d = ${d};`,
    ...[0, 1, 2, 3].map((i) => `m.i32[d + ${i}] = load32(memory, at + ${4 * i});`),
  );
}

/** Statements of a store of operand 2. */
function storeBody(name) {
  const v = word(2);
  const [, type, bits] = /^(i32|i64|f32|f64|v128)_store(\d*)$/.exec(name);
  if (bits === '8') return lines(`memory.u8[at] = m.i32[${v}];`);
  if (bits === '16') return lines(`memory.view.setInt16(at, m.i32[${v}], true);`);
  const count = bits === '32' ? 1 : { i32: 1, f32: 1, i64: 2, f64: 2, v128: 4 }[type];
  if (count === 1) return lines(`store32(memory, at, m.i32[${v}]);`);
  return lines(
    `const v = ${v};`,
    ...Array.from({ length: count }, (_, i) => `store32(memory, at + ${4 * i}, m.i32[v + ${i}]);`),
  );
}

function laneBody(name, laneOperand) {
  const isLoad = name.includes('load');
  const bits = Number(/\d+(?=_lane)/.exec(name)[0]);
  const lane = `code[pc + ${laneOperand}]`;
  if (isLoad) {
    const get = {
      8: 'memory.u8[at]',
      16: 'memory.view.getInt16(at, true)',
      32: 'load32(memory, at)',
      64: 'memory.view.getBigInt64(at, true)',
    }[bits];
    const view = { 8: 'i8', 16: 'i16', 32: 'i32', 64: 'i64' }[bits];
    return lines(
      `const x = ${get};`,
      `const d = ${slot(1)};`,
      `const a = ${slot(3)};`,
      'for (let i = 0; i < 4; i++) m.i32[2 * d + i] = m.i32[2 * a + i];',
      `m.lanes.${view}[d * ${64 / bits} + ${lane}] = x;`,
    );
  }
  const from = `(${slot(2)}) * ${64 / bits} + ${lane}`;
  return lines(
    {
      8: `memory.i8[at] = m.lanes.i8[${from}];`,
      16: `memory.view.setInt16(at, m.lanes.i16[${from}], true);`,
      32: `memory.view.setInt32(at, m.lanes.i32[${from}], true);`,
      64: `memory.view.setBigInt64(at, m.lanes.i64[${from}], true);`,
    }[bits],
  );
}

const ATOMIC_NAMES = {
  add: 'add',
  sub: 'sub',
  and: 'and',
  or: 'or',
  xor: 'xor',
  xchg: 'exchange',
  cmpxchg: 'compareExchange',
};

function atomicBody(name, width) {
  const type = name.slice(0, 3);
  const is64 = width === 8;
  const [view, index] = {
    1: ['u8', 'at'],
    2: ['u16', 'at >>> 1'],
    4: ['i32', 'at >>> 2'],
    8: ['i64', 'at >>> 3'],
  }[width];
  const result = (value) => {
    if (is64) return lines(`m.i64[${slot(1)}] = ${value};`);
    if (type === 'i32') return lines(`m.i32[${word(1)}] = ${value};`);
    return lines(`const x = ${value};`, `m.i32[${word(1)}] = x;`, `m.i32[(${word(1)}) + 1] = 0;`);
  };
  const operand = (i) => (is64 ? `m.i64[${slot(i)}]` : `m.i32[${word(i)}]`);
  if (name.includes('_load')) return result(`Atomics.load(memory.${view}, ${index})`);
  if (name.includes('_store')) return lines(`Atomics.store(memory.${view}, ${index}, ${operand(2)});`);
  const operator = /_(add|sub|and|or|xor|xchg|cmpxchg)(_u)?$/.exec(name)[1];
  const args = operator === 'cmpxchg' ? `${operand(3)}, ${operand(4)}` : operand(3);
  return result(`Atomics.${ATOMIC_NAMES[operator]}(memory.${view}, ${index}, ${args})`);
}

export function memoryHandlers(instructionRows, derivedOps) {
  const bodies = [];
  const entries = [];
  const names = [];
  for (const { name, instruction, form } of derivedOps) {
    if (form === 'numeric') continue;
    const row = instructionRows[instruction];
    const base = form === 'long' ? name.slice(0, -'_any'.length) : name;
    const isAtomic = row.feature === 'threads';
    const width = 2 ** row.align;
    const hasResult = row.results.length > 0;
    const addressOperand = hasResult ? 2 : 1;
    // Destination, address, further operands, then memory and offset, then the lane.
    const offsetOperand = (hasResult ? 1 : 0) + row.params.length + 1;
    const lane = row.immediates === 'memargLane';
    const length = offsetOperand + (form === 'long' ? 3 : 1) + (lane ? 1 : 0);
    let text =
      form === 'short'
        ? lines(
            'const { memory } = m;',
            `const at = (m.i32[${word(addressOperand)}] >>> 0) + (code[pc + ${offsetOperand}] >>> 0);`,
            `if (at + ${width} > memory.byteLength && !m.isInBounds(memory, at + ${width})) return m.trapAt(pc, WASM_TRAP_MEMORY);`,
          )
        : lines(
            `const memory = m.instance.memories[code[pc + ${offsetOperand}]];`,
            `const at = m.address(memory, ${slot(addressOperand)}, code[pc + ${offsetOperand + 1}], code[pc + ${offsetOperand + 2}]);`,
            `if (at + ${width} > memory.byteLength && !m.isInBounds(memory, at + ${width})) return m.trapAt(pc, WASM_TRAP_MEMORY);`,
          );
    if (isAtomic && width > 1)
      text += lines(`if (at % ${width} !== 0) return m.trapAt(pc, WASM_TRAP_UNALIGNED_ATOMIC);`);
    if (isAtomic) text += atomicBody(base, width);
    else if (lane) text += laneBody(base, length - 1);
    else if (base.includes('_load')) text += loadBody(base);
    else text += storeBody(base);
    bodies.push(
      `function ${name}(m: Machine, code: Int32Array, pc: number, fp: number): number {\n${text}  return pc + ${length};\n}\n`,
    );
    entries.push(`  [R_${name}, ${name}],\n`);
    names.push(`R_${name}`);
  }
  return `// Handlers of loads, stores and atomic accesses. The short forms are of memory 0 with 32-bit addresses.
// hot

import { WASM_TRAP_MEMORY, WASM_TRAP_UNALIGNED_ATOMIC } from '../../eval/wasm-traps.ts';
import { load32, store32 } from '../runtime/memory.ts';
import type { Handler, Machine } from './machine.ts';
import {
${names.map((name) => `  ${name},\n`).join('')}} from './register-ops.gen.ts';

${bodies.join('\n')}
export const memoryHandlers: readonly (readonly [op: number, handler: Handler])[] = [
${entries.join('')}];
`;
}
