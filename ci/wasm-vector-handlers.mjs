// Faster forms of the frequent vector instructions: statements over one view with the operator in place. Those of eval/ share
// their code across shapes and operators, which is short to read and slow to run, since the host cannot tell them apart.

const lines = (...texts) => texts.map((text) => `  ${text}\n`).join('');
const slot = (operand) => `fp + code[pc + ${operand}]`;

/** Shapes with their lanes per slot of 8 bytes, and the views of their lanes with and without sign. */
const SHAPES = [
  ['i8x16', 8, 'm.lanes.i8', 'm.lanes.u8'],
  ['i16x8', 4, 'm.lanes.i16', 'm.lanes.u16'],
  ['i32x4', 2, 'm.i32', 'm.lanes.u32'],
];
const FLOATS = [
  ['f32x4', 2, 'm.f32'],
  ['f64x2', 1, 'm.f64'],
];
const RELATIONS = { eq: '===', ne: '!==', lt: '<', gt: '>', le: '<=', ge: '>=' };

/** Where the lanes of the destination and of so many operands begin. */
const bases = (perSlot, operands) =>
  ['d', 'a', 'b', 'c']
    .slice(0, operands + 1)
    .map((name, i) => `const ${name} = (${slot(i + 1)}) * ${perSlot};`);

/** One statement for each lane; each reads all it needs of its own lane before it writes it. */
const perLane = (perSlot, statement) =>
  perSlot > 2
    ? [`for (let i = 0; i < ${2 * perSlot}; i++) ${statement('i')}`]
    : Array.from({ length: 2 * perSlot }, (_, i) => statement(String(i)));

/** Bodies of handlers by name of the opcode. */
export function vectorHandlers() {
  const bodies = {};
  for (const [shape, perSlot, signed, unsigned] of SHAPES) {
    const binary = (name, view, expression) => {
      bodies[`${shape}_${name}`] = lines(
        `const x = ${view};`,
        ...bases(perSlot, 2),
        ...perLane(perSlot, (i) => `x[d + ${i}] = ${expression(`x[a + ${i}]`, `x[b + ${i}]`)};`),
      );
    };
    binary('add', signed, (a, b) => `${a} + ${b}`);
    binary('sub', signed, (a, b) => `${a} - ${b}`);
    if (shape !== 'i8x16') binary('mul', signed, (a, b) => `Math.imul(${a}, ${b})`);
    for (const [name, operator] of Object.entries(RELATIONS)) {
      const relation = (a, b) => `${a} ${operator} ${b} ? -1 : 0`;
      if (name === 'eq' || name === 'ne') binary(name, signed, relation);
      else {
        binary(`${name}_s`, signed, relation);
        binary(`${name}_u`, unsigned, relation);
      }
    }
    for (const name of ['min', 'max']) {
      binary(`${name}_s`, signed, (a, b) => `Math.${name}(${a}, ${b})`);
      binary(`${name}_u`, unsigned, (a, b) => `Math.${name}(${a}, ${b})`);
    }
    for (const [name, view, operator] of [
      ['shl', signed, '<<'],
      ['shr_s', signed, '>>'],
      ['shr_u', unsigned, '>>>'],
    ])
      bodies[`${shape}_${name}`] = lines(
        `const x = ${view};`,
        ...bases(perSlot, 1),
        `const by = m.i32[(${slot(3)}) << 1] & ${64 / perSlot - 1};`,
        ...perLane(perSlot, (i) => `x[d + ${i}] = x[a + ${i}] ${operator} by;`),
      );
    bodies[`${shape}_splat`] = lines(
      `const x = ${signed};`,
      `const value = m.i32[(${slot(2)}) << 1];`,
      `const d = (${slot(1)}) * ${perSlot};`,
      ...perLane(perSlot, (i) => `x[d + ${i}] = value;`),
    );
    const extract = (view) =>
      lines(`m.i32[(${slot(1)}) << 1] = ${view}[(${slot(2)}) * ${perSlot} + code[pc + 3]];`);
    if (shape === 'i32x4') bodies.i32x4_extract_lane = extract(signed);
    else {
      bodies[`${shape}_extract_lane_s`] = extract(signed);
      bodies[`${shape}_extract_lane_u`] = extract(unsigned);
    }
    bodies[`${shape}_replace_lane`] = lines(
      `const value = m.i32[(${slot(3)}) << 1];`,
      ...copyVector(),
      `${signed}[(${slot(1)}) * ${perSlot} + code[pc + 4]] = value;`,
    );
  }
  for (const [name, expression] of Object.entries({
    and: (a, b) => `${a} & ${b}`,
    or: (a, b) => `${a} | ${b}`,
    xor: (a, b) => `${a} ^ ${b}`,
    andnot: (a, b) => `${a} & ~${b}`,
  }))
    bodies[`v128_${name}`] = lines(
      'const x = m.i32;',
      ...bases(2, 2),
      ...perLane(2, (i) => `x[d + ${i}] = ${expression(`x[a + ${i}]`, `x[b + ${i}]`)};`),
    );
  for (const [name, operator] of [
    ['add', '+'],
    ['sub', '-'],
  ])
    bodies[`i64x2_${name}`] = lines(
      'const x = m.i64;',
      ...bases(1, 2),
      ...perLane(1, (i) => `x[d + ${i}] = x[a + ${i}] ${operator} x[b + ${i}];`),
    );
  for (const [shape, perSlot, view] of FLOATS) {
    for (const [name, operator] of [
      ['add', '+'],
      ['sub', '-'],
      ['mul', '*'],
      ['div', '/'],
    ])
      bodies[`${shape}_${name}`] = lines(
        ...bases(perSlot, 2),
        ...perLane(
          perSlot,
          (i) => `set${shape}(m, d + ${i}, ${view}[a + ${i}] ${operator} ${view}[b + ${i}]);`,
        ),
      );
    bodies[`${shape}_sqrt`] = lines(
      ...bases(perSlot, 1),
      ...perLane(perSlot, (i) => `set${shape}(m, d + ${i}, Math.sqrt(${view}[a + ${i}]));`),
    );
  }
  bodies.f32x4_convert_i32x4_s = lines(
    ...bases(2, 1),
    ...perLane(2, (i) => `m.f32[d + ${i}] = m.i32[a + ${i}];`),
  );
  bodies.f32x4_splat = bodies.i32x4_splat;
  bodies.f32x4_extract_lane = bodies.i32x4_extract_lane;
  bodies.f32x4_replace_lane = bodies.i32x4_replace_lane;
  return bodies;
}

/** Copies operand 2 to the destination. */
function copyVector() {
  return [
    `const to = (${slot(1)}) << 1;`,
    `const from = (${slot(2)}) << 1;`,
    ...[0, 1, 2, 3].map((i) => `m.i32[to + ${i}] = m.i32[from + ${i}];`),
  ];
}

/** Functions that the bodies call: what is no number is stored by its bits, which no host changes. */
export const VECTOR_HELPERS = `function setf32x4(m: Machine, at: number, value: number): void {
  if (value === value) m.f32[at] = value;
  else m.i32[at] = 0x7fc0_0000;
}

function setf64x2(m: Machine, at: number, value: number): void {
  if (value === value) m.f64[at] = value;
  else setNaN(m.i32, at << 1);
}
`;
