// The command line as data. Parsing touches nothing outside and reports mistakes as one line with a hint.
import { DEFAULT_TIER, REGEXP_MODES, type RegExpMode, TIERS, type TierName } from '../engine.ts';
import { amountOf, Mistake, Request } from './option-values.ts';
import { readWasmWords, WASM_HELP, type WasmOptions } from './wasm-arguments.ts';

export type DumpKind = 'tokens' | 'ast' | 'scope' | 'bytecode';

/** Where the program comes from. */
export type ProgramSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'stdin' }
  | { readonly kind: 'text'; readonly text: string }
  /** Nothing was named: a REPL on a terminal, else standard input. */
  | { readonly kind: 'none' };

export interface RunOptions {
  readonly source: ProgramSource;
  /** The source is a module whatever its name. */
  readonly isModule: boolean;
  readonly printsResult: boolean;
  readonly checksOnly: boolean;
  readonly dump: DumpKind | null;
  readonly asJson: boolean;
  readonly tier: TierName;
  /** Run on every tier and compare; `tier` does not matter. */
  readonly isOnEveryTier: boolean;
  /** Null: unlimited, or the engine's default for the depth. */
  readonly fuel: number | null;
  readonly maxBytes: number | null;
  readonly depth: number | null;
  readonly timeoutMs: number | null;
  /** What matches regular expressions; see RuntimeOptions. */
  readonly regexp: RegExpMode;
  readonly isTest262: boolean;
  readonly scriptArgs: readonly string[];
}

export interface CompileOptions {
  readonly source: ProgramSource;
  readonly isModule: boolean;
  /** Path of the file to write; '-' for standard output. */
  readonly output: string;
}

export type CommandLine =
  | { readonly kind: 'run'; readonly options: RunOptions }
  | { readonly kind: 'compile'; readonly options: CompileOptions }
  | { readonly kind: 'wasm'; readonly options: WasmOptions }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'mistake'; readonly message: string; readonly hint: string };

export const HELP = `Usage: kataan [options] [FILE | -] [arguments]
       kataan compile [-m] FILE [-o OUTPUT]
       kataan wasm COMMAND FILE

Runs a JavaScript program: FILE, a module if its name ends in .mjs, or what is on standard input.
Without either, on a terminal, it is an interactive prompt. Arguments are the program's array scriptArgs.
compile writes the program's bytecode to OUTPUT (else FILE with the ending .ktbc), which runs as FILE does.

  -e, --eval CODE       run CODE
  -p, --print CODE      run CODE and print its value
  -m, --module          the program is a module
  -c, --check           look for syntax errors only
      --dump KIND       print the program's tokens, ast, scope or bytecode in place of running it
      --json            dump as JSON
  -v, --version         print the version
  -h, --help            print this help

      --tier NAME       how to execute: ${TIERS.join(', ')}; or all, to compare them
      --fuel N          stop after N units of work (1e6, 20M)
      --max-bytes N     stop when the program holds more than N bytes (64M, 1G)
      --depth N         nesting of calls before a RangeError
      --timeout MS      stop after MS milliseconds
      --regexp NAME     own: no pattern on the host's RegExp; host: those proven to be fast and the same there
      --test262         define $262 and report errors in one line, for conformance harnesses

${WASM_HELP}
Exit status: 0 success, 1 uncaught error, 2 wrong usage or unreadable input, 3 tiers that do not agree,
13 a module that waits forever, 64 out of fuel, 65 out of bytes, 66 out of time, 67 aborted.
NO_COLOR and FORCE_COLOR are obeyed.
`;

interface Draft {
  source: ProgramSource;
  isModule: boolean;
  printsResult: boolean;
  checksOnly: boolean;
  dump: DumpKind | null;
  asJson: boolean;
  tier: TierName;
  isOnEveryTier: boolean;
  fuel: number | null;
  maxBytes: number | null;
  depth: number | null;
  timeoutMs: number | null;
  regexp: RegExpMode;
  isTest262: boolean;
  scriptArgs: readonly string[];
}

/** The name that stands for every tier. */
const EVERY_TIER = 'all';

interface Option {
  readonly name: string;
  readonly short: string | null;
  /** What the value is, in messages; null for options without one. */
  readonly value: string | null;
  readonly apply: (draft: Draft, value: string) => void;
}

const DUMP_KINDS: readonly string[] = ['tokens', 'ast', 'scope', 'bytecode'];

function option(
  name: string,
  short: string | null,
  value: string | null,
  apply: (draft: Draft, value: string) => void,
): Option {
  return { name, short, value, apply };
}

const OPTIONS: readonly Option[] = [
  option('--eval', '-e', 'CODE', (draft, text) => setText(draft, text)),
  option('--print', '-p', 'CODE', (draft, text) => {
    setText(draft, text);
    draft.printsResult = true;
  }),
  option('--module', '-m', null, (draft) => {
    draft.isModule = true;
  }),
  option('--check', '-c', null, (draft) => {
    draft.checksOnly = true;
  }),
  option('--dump', null, 'KIND', (draft, kind) => {
    if (!DUMP_KINDS.includes(kind))
      throw new Mistake(`there is no dump of '${kind}'`, `kinds are ${DUMP_KINDS.join(', ')}`);
    draft.dump = kind as DumpKind;
  }),
  option('--json', null, null, (draft) => {
    draft.asJson = true;
  }),
  option('--tier', null, 'NAME', (draft, name) => {
    const tier = TIERS.find((known) => known === name);
    draft.isOnEveryTier = name === EVERY_TIER;
    if (tier !== undefined) draft.tier = tier;
    else if (!draft.isOnEveryTier)
      throw new Mistake(`there is no tier '${name}'`, `tiers are ${TIERS.join(', ')}, and all for every one`);
  }),
  option('--regexp', null, 'NAME', (draft, name) => {
    const mode = REGEXP_MODES.find((known) => known === name);
    if (mode === undefined)
      throw new Mistake(`there is no way '${name}' to match`, `ways are ${REGEXP_MODES.join(', ')}`);
    draft.regexp = mode;
  }),
  option('--fuel', null, 'N', (draft, text) => {
    draft.fuel = amountOf('--fuel', text, 1000);
  }),
  option('--max-bytes', null, 'N', (draft, text) => {
    draft.maxBytes = amountOf('--max-bytes', text, 1024);
  }),
  option('--depth', null, 'N', (draft, text) => {
    draft.depth = amountOf('--depth', text, 1000);
  }),
  option('--timeout', null, 'MS', (draft, text) => {
    draft.timeoutMs = amountOf('--timeout', text, 1000);
  }),
  option('--test262', null, null, (draft) => {
    draft.isTest262 = true;
  }),
  option('--version', '-v', null, () => {
    throw new Request('version');
  }),
  option('--help', '-h', null, () => {
    throw new Request('help');
  }),
];

/** What `args`, the words behind the command's name, ask for. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const draft: Draft = {
    source: { kind: 'none' },
    isModule: false,
    printsResult: false,
    checksOnly: false,
    dump: null,
    asJson: false,
    tier: DEFAULT_TIER,
    isOnEveryTier: false,
    fuel: null,
    maxBytes: null,
    depth: null,
    timeoutMs: null,
    regexp: 'host',
    isTest262: false,
    scriptArgs: [],
  };
  try {
    if (args[0] === 'compile') return { kind: 'compile', options: readCompileWords(args.slice(1)) };
    if (args[0] === 'wasm') return { kind: 'wasm', options: readWasmWords(args.slice(1)) };
    readWords(draft, args);
    checkTogether(draft);
    return { kind: 'run', options: draft };
  } catch (thrown) {
    if (thrown instanceof Request) return { kind: thrown.kind };
    if (thrown instanceof Mistake) return { kind: 'mistake', message: thrown.message, hint: thrown.hint };
    throw thrown;
  }
}

function readWords(draft: Draft, args: readonly string[]): void {
  let at = 0;
  while (at < args.length) {
    const word = args[at];
    if (word === '-' || !word.startsWith('-') || word === '--') break;
    at++;
    const equals = word.startsWith('--') ? word.indexOf('=') : -1;
    const name = equals === -1 ? word : word.slice(0, equals);
    const found = OPTIONS.find((known) => known.name === name || known.short === name);
    if (found === undefined) throw unknownOption(name);
    if (found.value === null) {
      if (equals !== -1) throw new Mistake(`${name} takes no value`);
      found.apply(draft, '');
    } else if (equals !== -1) found.apply(draft, word.slice(equals + 1));
    else {
      if (at >= args.length) throw new Mistake(`${name} needs a value: ${name} ${found.value}`);
      found.apply(draft, args[at++]);
    }
  }
  if (args[at] === '--') at++;
  if (draft.source.kind === 'none' && at < args.length) {
    const path = args[at++];
    draft.source = path === '-' ? { kind: 'stdin' } : { kind: 'file', path };
  }
  draft.scriptArgs = args.slice(at);
}

const COMPILE_HINT = 'kataan compile [-m] FILE [-o OUTPUT]; a file of that name is run as ./compile';

/** The words behind `compile`, in any order. */
function readCompileWords(args: readonly string[]): CompileOptions {
  let source: ProgramSource | null = null;
  let output: string | null = null;
  let isModule = false;
  for (let at = 0; at < args.length; at++) {
    const word = args[at];
    const equals = word.startsWith('--output=');
    if (word === '-m' || word === '--module') isModule = true;
    else if (word === '-h' || word === '--help') throw new Request('help');
    else if (equals || word === '-o' || word === '--output') {
      const value = equals ? word.slice('--output='.length) : args[++at];
      if (value === undefined || value === '')
        throw new Mistake(`${word} needs a value: ${word} OUTPUT`, COMPILE_HINT);
      output = value;
    } else if (word.startsWith('-') && word !== '-')
      throw new Mistake(`compile has no option ${word}`, COMPILE_HINT);
    else if (source !== null) throw new Mistake('compile takes one file', COMPILE_HINT);
    else source = word === '-' ? { kind: 'stdin' } : { kind: 'file', path: word };
  }
  if (source === null) throw new Mistake('compile needs a file', COMPILE_HINT);
  if (output === null && source.kind !== 'file')
    throw new Mistake('compile needs -o OUTPUT for what is on standard input', COMPILE_HINT);
  return { source, isModule, output: output ?? outputFor(source) };
}

/** The file with its ending .js, .mjs or .cjs replaced. */
function outputFor(source: ProgramSource): string {
  return source.kind === 'file' ? `${source.path.replace(/\.[cm]?js$/, '')}.ktbc` : '-';
}

function setText(draft: Draft, text: string): void {
  if (draft.source.kind === 'text') throw new Mistake('--eval and --print can be given once only');
  draft.source = { kind: 'text', text };
}

function checkTogether(draft: Draft): void {
  if (draft.printsResult && draft.isModule) {
    throw new Mistake('--print needs a script: a module has no value', 'use --eval and console.log');
  }
  if (draft.asJson && draft.dump === null)
    throw new Mistake('--json goes with --dump', `--dump ${DUMP_KINDS.join('|')} --json`);
  if (draft.checksOnly && draft.dump !== null) throw new Mistake('--check and --dump exclude each other');
}

function unknownOption(name: string): Mistake {
  const names = OPTIONS.map((known) => known.name);
  const near = names.find((known) => editDistance(known, name) <= 2);
  return new Mistake(
    `there is no option ${name}`,
    near === undefined
      ? 'kataan --help lists the options; a file of that name is run as ./NAME'
      : `did you mean ${near}?`,
  );
}

/** How many characters to insert, delete or replace to make `b` of `a`. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j++) {
      next.push(Math.min(row[j + 1] + 1, next[j] + 1, row[j] + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length];
}
