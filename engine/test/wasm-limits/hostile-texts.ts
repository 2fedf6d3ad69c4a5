// Texts that ask for much with little: of each kind as many units as wanted. What they are worth to a parser is nothing;
// many are no modules at all.

function repeated(head: string, unit: string, tail: string): (count: number) => string {
  return (count) => `${head}${unit.repeat(count)}${tail}`;
}

function numbered(head: string, unit: (i: number) => string, tail: string): (count: number) => string {
  return (count) => {
    const parts: string[] = [];
    for (let i = 0; i < count; i++) parts.push(unit(i));
    return `${head}${parts.join('')}${tail}`;
  };
}

/** Named labels around branches: half of the units are blocks, as far as they may nest. */
function labels(count: number): string {
  const depth = Math.min(count >> 1, 15_000);
  const blocks = Array.from({ length: depth }, (_, i) => `block $l${i} `).join('');
  return `(func ${blocks}${'br $l0 '.repeat(count)}${'end '.repeat(depth)})`;
}

export const hostileTexts: Readonly<Record<string, (count: number) => string>> = {
  parentheses: repeated('', '(', ''),
  foldedInstructions: repeated('(func ', '(drop ', ''),
  foldedBlocks: repeated('(func ', '(block ', ''),
  flatBlocks: repeated('(func ', 'block ', ')'),
  nestedComments: repeated('', '(;', ''),
  closedComments: (n) => `${'(;'.repeat(n)}${';)'.repeat(n)}(module)`,
  manyComments: repeated('(module ', '(; ;)', ')'),
  lineComments: repeated('(module ', ';;\n', ')'),
  commas: repeated('(module ', ',', ')'),
  badStrings: repeated('(module ', '"\\q" ', ')'),
  nulls: repeated('(module ', '\0', ')'),
  longWord: repeated('(module ', 'a', ')'),
  longUnknownId: repeated('(func (call $', 'a', '))'),
  longId: repeated('(func $', 'a', ')'),
  longQuotedId: repeated('(func $"', 'a', '")'),
  longNatural: repeated('(func (drop (i32.const ', '1', ')))'),
  longZeros: repeated('(func (drop (i32.const ', '0', ')))'),
  longHex: repeated('(func (drop (i64.const 0x', 'f', ')))'),
  longFloat: repeated('(func (drop (f64.const 1.', '1', ')))'),
  longSingle: repeated('(func (drop (f32.const 1.', '0', ')))'),
  longHexFloat: repeated('(func (drop (f32.const 0x1.', '1', 'p1)))'),
  longExponent: repeated('(func (drop (f64.const 1e', '1', ')))'),
  longPayload: repeated('(func (drop (f32.const nan:0x', '1', ')))'),
  longUnderscores: repeated('(func (drop (i32.const 1', '_1', ')))'),
  longOffset: repeated('(memory 1) (func (drop (i32.load offset=', '1', ' (i32.const 0))))'),
  longAlign: repeated('(memory 1) (func (drop (i32.load align=', '1', ' (i32.const 0))))'),
  longData: repeated('(memory 1) (data "', 'a', '")'),
  escapedData: repeated('(memory 1) (data "', '\\00', '")'),
  unicodeData: repeated('(memory 1) (data "', '😀', '")'),
  emptyStrings: repeated('(memory 1) (data ', '""', ')'),
  spacedStrings: repeated('(memory 1) (data ', '"" ', ')'),
  longExport: repeated('(func (export "', 'a', '"))'),
  types: repeated('', '(type (func))', ''),
  structTypes: repeated('', '(type (struct))', ''),
  wideRecGroup: repeated('(rec ', '(type (struct))', ')'),
  parameters: repeated('(type (func (param ', 'i32 ', ')))'),
  inlineParameters: repeated('(func (param ', 'i32 ', '))'),
  results: repeated('(type (func (result ', 'i32 ', ')))'),
  selectResults: repeated('(func (select (result ', 'i32 ', ')))'),
  fields: repeated('(type (struct (field ', 'i32 ', ')))'),
  locals: repeated('(func (local ', 'i32 ', '))'),
  localsOfAll: repeated('', `(func (local ${'i32 '.repeat(1000)}))`, ''),
  namedLocals: numbered('(func ', (i) => `(local $${i} i32)`, ')'),
  imports: repeated('', '(import "" "" (func))', ''),
  functions: repeated('', '(func)', ''),
  namedFunctions: numbered('', (i) => `(func $${i})`, ''),
  functionsWithLocalNames: repeated('', '(func(local $a i32))', ''),
  distinctTypeUses: numbered(
    '',
    (i) => `(func (param ${[...i.toString(2)].map((bit) => (bit === '1' ? 'i32' : 'i64')).join(' ')}))`,
    '',
  ),
  tables: repeated('', '(table 0 funcref)', ''),
  tablesOfElements: repeated('(func)(table (ref null func) (elem ', '0 ', '))'),
  memories: repeated('', '(memory 0)', ''),
  globals: repeated('', '(global i32 (i32.const 0))', ''),
  tags: repeated('', '(tag)', ''),
  exports: numbered('(func)', (i) => `(export "${i}" (func 0))`, ''),
  elementSegments: repeated('', '(elem func)', ''),
  elementIndices: repeated('(func)(elem func ', '0 ', ')'),
  elementExpressions: repeated('(elem funcref ', '(ref.null func)', ')'),
  dataSegments: repeated('(memory 0)', '(data(i32.const 0))', ''),
  inlineData: repeated('', '(memory (data))', ''),
  branchTable: repeated('(func (br_table ', '0 ', '(i32.const 0)))'),
  vectorLanes: repeated('(func (drop (v128.const i32x4 ', '1 ', ')))'),
  shuffleLanes: repeated('(func (i8x16.shuffle ', '1 ', '))'),
  catchClauses: repeated('(func (try_table ', '(catch_all 0)', '))'),
  instructions: repeated('(func ', 'nop ', ')'),
  constants: repeated('(func ', '(drop(i64.const 1))', ')'),
  labels,
  annotations: repeated('(module ', '(@a)', ')'),
  annotationContents: repeated('(module (@a ', '1 ', '))'),
  nestedAnnotations: repeated('(module ', '(@a ', ')'),
  customAnnotations: repeated('(module ', '(@custom "")', ')'),
  nameAnnotations: repeated('(module ', '(@name "")', ')'),
  branchHints: repeated('(func ', '(@metadata.code.branch_hint "\\00") (if (i32.const 0) (then)) ', ')'),
  unclosedString: repeated('(module "', 'a', ''),
  words: repeated('(module ', 'nop ', ')'),
};
