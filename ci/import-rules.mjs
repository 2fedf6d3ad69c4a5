// The layers of engine/ARCHITECTURE.md as data, and the functions that apply it. No file is read here,
// so the tests give sources inline; ci/check-imports.mjs reads the tree.

/**
 * Folder of engine/ to what it may import, besides its own files. A file belongs to the longest
 * folder that fits. A `/` or `.ts` at the end of an entry says whether it is a folder or one file.
 */
const layers = {
  'base/': [],
  'unicode/': ['base/'],
  'eval/': ['base/'],
  'syntax/': ['base/', 'unicode/'],
  'runtime/': ['base/', 'unicode/', 'eval/'],
  'regexp/': ['base/', 'unicode/', 'syntax/regexp', 'syntax/pattern'],
  'builtins/': ['runtime/', 'regexp/', 'eval/', 'base/'],
  'interpreter/': ['syntax/', 'runtime/', 'eval/', 'base/'],
  'bytecode/': ['syntax/', 'eval/', 'base/'],
  'vm/': ['bytecode/', 'runtime/', 'eval/', 'base/'],
  'ir/': ['base/', 'eval/'],
  'wasm/format/': ['base/', 'eval/'],
  'codegen/': ['ir/', 'wasm/format/', 'eval/', 'base/'],
  'jit/': ['codegen/', 'ir/', 'bytecode/', 'vm/', 'runtime/', 'eval/', 'base/'],
  'wasm/': ['wasm/format/', 'codegen/', 'ir/', 'eval/', 'base/'],
  'wasm/js-api/': ['wasm/', 'wasm/format/', 'runtime/', 'builtins/define', 'eval/', 'base/'],
  'snapshot/': ['runtime/', 'bytecode/'],
  'host/': ['engine.ts'],
  'cli/': ['engine.ts', 'wasm/wasm.ts', 'host/'],
};

/** engine.ts and its sisters wire everything that is not above them; engine/test/ may see all. */
const aboveFacade = ['host/', 'cli/', 'test/'];

const harnessFolders = ['oracles/', 'fuzz/', 'differential/', 'ci/conformance/', 'ci/bench/'];
/** The facade and the table modules. */
const harnessMayImport = [
  'engine/engine.ts',
  'engine/eval/',
  'engine/bytecode/opcodes.ts',
  // The kinds of AST nodes, for reductions of programs.
  'engine/syntax/ast.gen.ts',
  'engine/ir/ops.ts',
  // The WebAssembly engine as a library of its own, and its table with what rows are made of.
  'engine/wasm/wasm.ts',
  'engine/wasm/harness.ts',
  'engine/wasm/format/instructions.ts',
  'engine/wasm/format/types.ts',
];

const testPackages = ['vitest', 'fast-check'];

/** Every module specifier of a source with its line, type-only and dynamic imports included. */
export function importsOf(source) {
  const text = blankOut(source);
  const imports = [];
  const pattern =
    /(?:^|[;{}\n])\s*(?:import|export)\b[^'"`;()=]*?\bfrom\s*(['"])|(?:^|[;{}\n])\s*import\s*(['"])|\bimport\s*\(\s*(['"])/g;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const quote = match[1] ?? match[2] ?? match[3];
    const start = match.index + match[0].length;
    const end = text.indexOf(quote, start);
    imports.push({ specifier: source.slice(start, end), line: source.slice(0, start).split('\n').length });
    pattern.lastIndex = end + 1;
  }
  return imports;
}

/** Why a file (a path from the top of the checkout) may not import a specifier, or null when it may. */
export function offence(file, specifier) {
  if (specifier.startsWith('.')) {
    const target = resolvePath(file, specifier);
    return target.startsWith('engine/') ? offenceInTree(file, target) : outsideOffence(file, target);
  }
  return packageOffence(file, specifier);
}

function offenceInTree(file, target) {
  if (file.startsWith('engine/')) {
    const from = file.slice('engine/'.length);
    const to = target.slice('engine/'.length);
    if (from.startsWith('test/')) return null;
    if (to.startsWith('test/')) return 'only tests use engine/test/';
    if (!from.includes('/'))
      return aboveFacade.some((folder) => to.startsWith(folder))
        ? 'the facade is below host/ and cli/'
        : null;
    const layer = layerOf(from);
    if (layer === undefined) return `engine/ARCHITECTURE.md, Layers, has no row for ${file}`;
    if (layerOf(to) === layer) return null;
    if (layers[layer].some((entry) => isWithin(to, entry))) return null;
    return `engine/ARCHITECTURE.md, Layers: ${layer.slice(0, -1)} may import ${layers[layer].join(', ') || 'nothing'}`;
  }
  if (!harnessFolders.some((folder) => file.startsWith(folder))) return null;
  if (harnessMayImport.some((entry) => isWithin(target, entry))) return null;
  return `engine/ARCHITECTURE.md, Layers: harness folders may import ${harnessMayImport.join(', ')}`;
}

function outsideOffence(file, target) {
  if (!file.startsWith('engine/')) return null;
  return `engine/ knows nothing outside itself, not ${target}`;
}

function packageOffence(file, specifier) {
  if (!file.startsWith('engine/')) return null;
  const isTest = /\.test\.ts$/.test(file) || file.startsWith('engine/test/');
  if (isTest) return null;
  if (testPackages.includes(specifier)) return 'only *.test.ts files use the test packages';
  if (!/^engine\/(host|cli)\//.test(file))
    return 'engine/ outside host/ and cli/ imports nothing from Node or npm';
  return specifier.startsWith('node:')
    ? null
    : 'the engine has no runtime dependency; Node modules are written node:x';
}

/** Wasm's own files may use each other, but a row for a folder below is a layer of its own. */
function layerOf(path) {
  return Object.keys(layers)
    .filter((folder) => path.startsWith(folder))
    .sort((a, b) => b.length - a.length)[0];
}

/** `syntax/regexp` stands for that folder and for files whose names begin so. */
function isWithin(path, entry) {
  if (!path.startsWith(entry)) return false;
  // `wasm/` does not hold wasm/js-api/, which is a layer above it.
  return (
    entry.endsWith('.ts') || !entry.endsWith('/') || layerOf(path) === entry || !Object.hasOwn(layers, entry)
  );
}

function resolvePath(file, specifier) {
  const parts = file.split('/').slice(0, -1);
  for (const part of specifier.split('/'))
    if (part === '..') parts.pop();
    else if (part !== '.') parts.push(part);
  return parts.join('/');
}

/** The source with comments, the inside of strings, templates and regular expressions as spaces. */
function blankOut(source) {
  const out = [...source.replace(/[^\n]/gu, (char) => ' '.repeat(char.length))];
  let lastCode = '';
  let i = 0;
  const keep = (count) => {
    for (const end = i + count; i < end; i++) {
      out[i] = source[i];
      if (/\S/.test(source[i])) lastCode = source[i];
    }
  };
  while (i < source.length) {
    const char = source[i];
    if (source.startsWith('//', i)) i = endOr(source.indexOf('\n', i), source);
    else if (source.startsWith('/*', i)) i = endOr(source.indexOf('*/', i + 2) + 2, source, 1);
    else if (char === "'" || char === '"' || char === '`') {
      const end = endOfLiteral(source, i, char);
      keep(1);
      i = end - 1;
      keep(1);
    } else if (char === '/' && (lastCode === '' || '(,=:[!&|?{};+-*%~^<>'.includes(lastCode)))
      i = endOfRegExp(source, i);
    else keep(1);
  }
  return out.join('');
}

/** An index found, or the end of the source; `floor` is what a failed search gives. */
function endOr(index, source, floor = -1) {
  return index <= floor ? source.length : index;
}

function endOfLiteral(source, start, quote) {
  for (let i = start + 1; i < source.length; i++)
    if (source[i] === '\\') i++;
    else if (source[i] === quote) return i + 1;
    else if (quote === '`' && source.startsWith('${', i)) i = endOfSubstitution(source, i + 2) - 1;
    else if (quote !== '`' && source[i] === '\n') return i;
  return source.length;
}

/** The index after the `}` that ends a template's substitution. */
function endOfSubstitution(source, start) {
  let depth = 1;
  for (let i = start; i < source.length; i++) {
    const char = source[i];
    if (char === '{') depth++;
    else if (char === '}' && --depth === 0) return i + 1;
    else if (char === "'" || char === '"' || char === '`') i = endOfLiteral(source, i, char) - 1;
  }
  return source.length;
}

function endOfRegExp(source, start) {
  let inClass = false;
  for (let i = start + 1; i < source.length; i++) {
    const char = source[i];
    if (char === '\n') return start + 1; // A division after all.
    if (char === '\\') i++;
    else if (char === '[') inClass = true;
    else if (char === ']') inClass = false;
    else if (char === '/' && !inClass) return i + 1;
  }
  return start + 1;
}
