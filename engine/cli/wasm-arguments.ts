// The words behind `kataan wasm` as data.
import { type FeatureName, featureRows } from '../wasm/wasm.ts';
import { amountOf, Mistake, Request } from './option-values.ts';

export const WASM_COMMANDS = ['run', 'validate', 'print', 'parse', 'objdump', 'spec'] as const;
export type WasmCommand = (typeof WASM_COMMANDS)[number];

export interface WasmOptions {
  readonly command: WasmCommand;
  /** '-' for standard input. */
  readonly path: string;
  /** The exported function that `run` calls, with its arguments as written; null: none. */
  readonly invoke: { readonly name: string; readonly args: readonly string[] } | null;
  /** Path of the file to write; '-' for standard output; null: the command's own choice. */
  readonly output: string | null;
  readonly features: Partial<Record<FeatureName, boolean>>;
  /** Null: no bound, or the engine's default for the depth. */
  readonly fuel: number | null;
  readonly maxBytes: number | null;
  readonly depth: number | null;
  readonly asRegisters: boolean;
}

export const WASM_HELP = `WebAssembly: FILE holds a module, binary or text; - is standard input.
  kataan wasm run FILE [--invoke NAME ARGS...]   instantiate, then call NAME and print its results
  kataan wasm validate FILE                      say what is wrong, if anything
  kataan wasm print FILE [-o OUTPUT]             the text format
  kataan wasm parse FILE [-o OUTPUT]             the binary format, in FILE with the ending .wasm
  kataan wasm objdump [--registers] FILE         definitions, and instructions with their offsets
  kataan wasm spec FILE                          run a script of the test suite (.wast)
Their options: --fuel, --max-bytes, --depth; --enable and --disable FEATURE. Modules may import from spectest.
`;

const HINT = `kataan wasm ${WASM_COMMANDS.join('|')} FILE; kataan --help says more`;

/** Which options a command has, beside those of all. */
const COMMAND_OPTIONS: Readonly<Record<string, readonly WasmCommand[]>> = {
  '--invoke': ['run'],
  '--output': ['print', 'parse'],
  '-o': ['print', 'parse'],
  '--registers': ['objdump'],
  '--fuel': ['run', 'spec'],
  '--max-bytes': ['run'],
  '--depth': ['run'],
};

/** Throws a Mistake or a Request. */
export function readWasmWords(args: readonly string[]): WasmOptions {
  const [word] = args;
  if (word === '--help' || word === '-h') throw new Request('help');
  const command = WASM_COMMANDS.find((known) => known === word);
  if (command === undefined)
    throw new Mistake(word === undefined ? 'wasm needs a command' : `wasm has no command ${word}`, HINT);
  const draft = {
    command,
    path: null as string | null,
    invoke: null as WasmOptions['invoke'],
    output: null as string | null,
    features: {} as Partial<Record<FeatureName, boolean>>,
    fuel: null as number | null,
    maxBytes: null as number | null,
    depth: null as number | null,
    asRegisters: false,
  };
  let at = 1;
  while (at < args.length) {
    const [name, inline] = split(args[at++]);
    const value = (): string => {
      const found = inline ?? args[at++];
      if (found === undefined || found === '') throw new Mistake(`${name} needs a value`, HINT);
      return found;
    };
    if (name === '-' || !name.startsWith('-')) {
      if (draft.path !== null) throw new Mistake(`${command} takes one file`, HINT);
      draft.path = args[at - 1];
      continue;
    }
    if (COMMAND_OPTIONS[name]?.includes(command) === false)
      throw new Mistake(`wasm ${command} has no option ${name}`, HINT);
    switch (name) {
      case '--invoke':
        // What follows the name is its arguments, negative numbers among them.
        draft.invoke = { name: value(), args: args.slice(at) };
        at = args.length;
        break;
      case '-o':
      case '--output':
        draft.output = value();
        break;
      case '--registers':
        draft.asRegisters = true;
        break;
      case '--fuel':
        draft.fuel = amountOf(name, value(), 1000);
        break;
      case '--max-bytes':
        draft.maxBytes = amountOf(name, value(), 1024);
        break;
      case '--depth':
        draft.depth = amountOf(name, value(), 1000);
        break;
      case '--enable':
      case '--disable':
        draft.features[featureOf(value())] = name === '--enable';
        break;
      case '-h':
      case '--help':
        throw new Request('help');
      default:
        throw new Mistake(`wasm ${command} has no option ${name}`, HINT);
    }
  }
  const { path } = draft;
  if (path === null)
    throw new Mistake(
      `wasm ${command} needs a file`,
      draft.invoke === null ? HINT : 'the file stands before --invoke, which takes the rest of the line',
    );
  return { ...draft, path };
}

/** The name of an option, and what stands behind its `=`. */
function split(word: string): [name: string, value: string | undefined] {
  const equals = word.startsWith('--') ? word.indexOf('=') : -1;
  return equals < 0 ? [word, undefined] : [word.slice(0, equals), word.slice(equals + 1)];
}

function featureOf(name: string): FeatureName {
  if (!Object.hasOwn(featureRows, name) || name === 'mvp') {
    const names = Object.keys(featureRows).filter((each) => each !== 'mvp');
    throw new Mistake(`there is no feature '${name}' to switch`, `features are ${names.join(', ')}`);
  }
  return name as FeatureName;
}
