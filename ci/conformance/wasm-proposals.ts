// The rows of the proposal matrix: the parts of WebAssembly 1.0 and the proposals since, with the commands of the suite that
// are about each. A command belongs to the first row that takes it; a script that is about two things is split by the
// functions that its commands call. A row's version is that of the specification which the proposal went into, or its
// phase in WebAssembly/proposals at 0c86cc73 (27 January 2026).

export interface ProposalRow {
  readonly id: string;
  readonly title: string;
  /** `1.0`, `2.0`, `3.0`, `phase 4`, `phase 3`, or `legacy` for what was replaced. */
  readonly version: string;
  /** Over the script's path in the suite. */
  readonly scripts: RegExp;
  /** Over the name of the function that a command calls; commands that call none are not the row's. */
  readonly calls?: RegExp;
}

/** First those that take single commands, then the most special scripts. */
const rowsByPriority: readonly ProposalRow[] = [
  {
    id: 'sign-extension',
    title: 'Sign-extension operators',
    version: '2.0',
    scripts: /^i(32|64)\.wast$/,
    calls: /^extend/,
  },
  {
    id: 'saturating-conversion',
    title: 'Non-trapping float-to-int conversions',
    version: '2.0',
    scripts: /^conversions\.wast$/,
    calls: /trunc_sat/,
  },
  {
    id: 'multi-value',
    title: 'Multi-value',
    version: '2.0',
    scripts: /^(block|loop|if|br|call|call_indirect|func)\.wast$/,
    calls: /multi|^params?\b|type-all|operands|^type-[if]\d\d-[if]\d\d|i32-(i64|f64|i32)|f64-i32|-num-num/,
  },
  { id: 'multi-value', title: 'Multi-value', version: '2.0', scripts: /^fac\.wast$/ },
  { id: 'threads', title: 'Threads', version: 'phase 4', scripts: /^proposals\/threads\// },
  {
    id: 'wide-arithmetic',
    title: 'Wide arithmetic',
    version: 'phase 3',
    scripts: /^proposals\/wide-arithmetic\//,
  },
  {
    id: 'custom-page-sizes',
    title: 'Custom page sizes',
    version: 'phase 3',
    scripts: /^proposals\/custom-page-sizes\//,
  },
  {
    id: 'custom-descriptors',
    title: 'Custom descriptors',
    version: 'phase 3',
    scripts: /^proposals\/custom-descriptors\//,
  },
  { id: 'legacy-exceptions', title: 'Exceptions, legacy', version: 'legacy', scripts: /^legacy\// },
  { id: 'branch-hinting', title: 'Branch hinting', version: '3.0', scripts: /^custom\/branch_hint\./ },
  {
    id: 'annotations',
    title: 'Custom annotation syntax',
    version: '3.0',
    scripts: /^(annotations|custom\/(custom|name)_annot)\.wast$/,
  },
  {
    id: 'multi-memory',
    title: 'Multiple memories',
    version: '3.0',
    scripts:
      /^((address|align|binary|data|data_drop|exports|float_exprs|float_memory|imports|linking|load|memory_copy|memory_fill|memory_init|memory_size|memory_trap|start|store|traps)\d|memory-multi|simd_memory-multi|memory_grow|memory_size_import)\.wast$/,
  },
  {
    id: 'memory64',
    title: 'Memory64',
    version: '3.0',
    scripts:
      /^((address|align|bulk|call_indirect|endianness|float_memory|load|memory|memory_\w+|table|table_\w+|binary_leb128_)64|memory64-imports|table_copy_mixed)\.wast$/,
  },
  { id: 'relaxed-simd', title: 'Relaxed SIMD', version: '3.0', scripts: /^(\w+_)?relaxed_\w+\.wast$/ },
  { id: 'simd', title: 'Fixed-width SIMD', version: '2.0', scripts: /^simd_\w+\.wast$/ },
  {
    id: 'tail-call',
    title: 'Tail calls',
    version: '3.0',
    scripts: /^return_call(_indirect)?\.wast$/,
  },
  {
    id: 'exceptions',
    title: 'Exceptions with exnref',
    version: '3.0',
    scripts: /^(tag|throw|throw_ref|try_table)\.wast$/,
  },
  {
    id: 'function-references',
    title: 'Typed function references',
    version: '3.0',
    scripts:
      /^(ref|br_on_null|br_on_non_null|call_ref|return_call_ref|ref_as_non_null|local_init|instance|unreached-valid)\.wast$/,
  },
  {
    id: 'gc',
    title: 'Garbage collection',
    version: '3.0',
    scripts:
      /^(array\w*|struct|i31|ref_cast|ref_test|ref_eq|br_on_cast\w*|extern|type-(canon|rec|subtyping|equivalence)|binary-gc)\.wast$/,
  },
  {
    id: 'extended-const',
    title: 'Extended constant expressions',
    version: '3.0',
    scripts: /^global\.wast$/,
  },
  {
    id: 'bulk-memory',
    title: 'Bulk memory operations',
    version: '2.0',
    scripts: /^(bulk|memory_(copy|fill|init)|table_(copy|init)|table-sub)\.wast$/,
  },
  {
    id: 'reference-types',
    title: 'Reference types',
    version: '2.0',
    scripts:
      /^(ref_func|ref_is_null|ref_null|table|table_(fill|get|grow|set|size)|elem|select|br_table)\.wast$/,
  },
  {
    id: 'numeric',
    title: 'Numbers',
    version: '1.0',
    scripts: /^([if](32|64)(_\w+)?|conversions|const|(int|float)_(exprs|literals|misc))\.wast$/,
  },
  {
    id: 'memory',
    title: 'Memories',
    version: '1.0',
    scripts: /^(address|align|data|endianness|float_memory|load|store|memory(_\w+)?)\.wast$/,
  },
  {
    id: 'modules',
    title: 'Modules, linking, binary format',
    version: '1.0',
    scripts:
      /^(binary|binary-leb128|custom|exports|imports|inline-module|linking|names|start|type|utf8-[\w-]+)\.wast$/,
  },
  {
    id: 'text',
    title: 'Text format',
    version: '1.0',
    scripts: /^(comments|id|obsolete-keywords|token)\.wast$/,
  },
  { id: 'control', title: 'Control, calls, locals', version: '1.0', scripts: /^[\w-]+\.wast$/ },
];

const VERSIONS = ['1.0', '2.0', '3.0', 'phase 4', 'phase 3', 'legacy'];
const CORE_ORDER = ['numeric', 'control', 'memory', 'modules', 'text'];

/** The rows as a matrix shows them, each once. */
export const proposalRows: readonly ProposalRow[] = [
  ...new Map(rowsByPriority.map((row) => [row.id, row])).values(),
].sort(
  (a, b) =>
    VERSIONS.indexOf(a.version) - VERSIONS.indexOf(b.version) ||
    CORE_ORDER.indexOf(a.id) - CORE_ORDER.indexOf(b.id),
);

/** The row of a command. `call` is the name of the function it calls, or null. Throws an `Error` for a script of no row. */
export function proposalRowOf(path: string, call: string | null): ProposalRow {
  const row = rowsByPriority.find(
    ({ scripts, calls }) =>
      scripts.test(path) && (calls === undefined || (call !== null && calls.test(call))),
  );
  if (row === undefined) throw new Error(`ci/conformance/wasm-proposals.ts has no row for ${path}`);
  return row;
}
