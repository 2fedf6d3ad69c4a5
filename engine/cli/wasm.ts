// `kataan wasm …`: modules and scripts of WebAssembly, without the JavaScript engine.
import { readFileSync } from 'node:fs';
import { decodeSource, readFileBytes, writeFileBytes } from '../host/source-file.ts';
import {
  CompileError,
  dumpModule,
  Exception,
  Func,
  featuresWith,
  Instance,
  LinkError,
  lineAndColumn,
  Module,
  parseValue,
  runScript,
  Store,
  spectestImports,
  Trap,
  valueText,
} from '../wasm/wasm.ts';
import { EXIT_ERROR, EXIT_OK, EXIT_USAGE, LIMIT_EXITS } from './program.ts';
import { STDERR, STDOUT, writeBytesTo, writeTo } from './terminal.ts';
import type { WasmOptions } from './wasm-arguments.ts';

/** A module's source: text if it does not begin as binary modules do. */
interface Source {
  readonly name: string;
  readonly content: string | Uint8Array;
}

/** Carries out a command; the result is the exit status. Throws SourceFileError. */
export function runWasm(options: WasmOptions): number {
  const source = readSource(options.path);
  if (options.command === 'spec') return spec(source, options);
  const { fuel, maxBytes, depth, features } = options;
  const store = new Store({
    ...(fuel === null ? {} : { fuel }),
    ...(maxBytes === null ? {} : { bytes: maxBytes }),
    ...(depth === null ? {} : { depth }),
  });
  let module: Module;
  try {
    module = new Module(source.content, { store, features });
  } catch (error) {
    if (error instanceof CompileError) return reportCompileError(source, error);
    throw error;
  }
  try {
    return carryOut(source, module, store, options);
  } catch (error) {
    // What is too long to print is known of when it is printed only.
    if (error instanceof CompileError) return reportTooLong(source, error);
    throw error;
  }
}

/** Does with a module what the command says. Throws a CompileError if it is too long to print. */
function carryOut(source: Source, module: Module, store: Store, options: WasmOptions): number {
  switch (options.command) {
    case 'spec':
    case 'validate':
      return EXIT_OK;
    case 'print':
      write(options.output ?? '-', Buffer.from(module.toText()));
      return EXIT_OK;
    case 'parse':
      write(options.output ?? outputFor(options.path), module.toBytes());
      return EXIT_OK;
    case 'objdump':
      writeTo(STDOUT, dumpModule(module, { ...placing(source), asRegisters: options.asRegisters }));
      return EXIT_OK;
    case 'run':
      return run(source, module, store, options);
  }
}

function readSource(path: string): Source {
  const name = path === '-' ? 'standard input' : path;
  const bytes = path === '-' ? readFileSync(0) : readFileBytes(path);
  const isBinary = bytes.length === 0 || bytes[0] === 0;
  return { name, content: isBinary ? Uint8Array.from(bytes) : decodeSource(bytes, name) };
}

/** How positions of a source are written; byte offsets are as everywhere. */
function placing({ content }: Source): { readonly place?: (position: number) => string } {
  return typeof content === 'string' ? { place: (position) => lineAndColumn(content, position) } : {};
}

function write(path: string, bytes: Uint8Array): void {
  if (path === '-') writeBytesTo(STDOUT, bytes);
  else writeFileBytes(path, bytes);
}

function reportTooLong({ name }: Source, { reason }: CompileError): number {
  writeTo(STDERR, `kataan: ${name} cannot be printed: ${reason}\n`);
  return EXIT_ERROR;
}

/** The file with its ending .wat replaced. */
function outputFor(path: string): string {
  return path === '-' ? '-' : `${path.replace(/\.(wat|wasm)$/, '')}.wasm`;
}

function reportCompileError({ name, content }: Source, error: CompileError): number {
  const { kind, reason, position, lineColumn } = error;
  if (typeof content !== 'string') {
    writeTo(STDERR, `${name}: ${kind} module: ${reason} (byte 0x${position.toString(16)})\n`);
    return EXIT_ERROR;
  }
  const column = Number((lineColumn as string).split(':')[1]);
  const start = position - column + 1;
  const end = content.indexOf('\n', start);
  const line = content.slice(start, end < 0 ? content.length : end).trimEnd();
  const shown =
    line.length > LONGEST_LINE ? '' : `  ${line}\n  ${line.slice(0, column - 1).replace(/[^\t]/g, ' ')}^\n`;
  writeTo(STDERR, `${name}:${lineColumn}: ${kind} module: ${reason}\n${shown}`);
  return EXIT_ERROR;
}

const LONGEST_LINE = 200;

function run(source: Source, module: Module, store: Store, options: WasmOptions): number {
  const { invoke } = options;
  try {
    const spectest = spectestImports(store, (line) => writeTo(STDOUT, `${line}\n`));
    const instance = new Instance(module, { spectest });
    if (invoke === null) return EXIT_OK;
    const func = instance.exports.get(invoke.name);
    if (!(func instanceof Func)) return reportNoFunction(instance, invoke.name);
    const { params, results } = func.type;
    if (params.length !== invoke.args.length) {
      writeTo(
        STDERR,
        `kataan: ${invoke.name} takes ${params.length} arguments, not ${invoke.args.length}\nhint: their types are [${params.join(' ')}]\n`,
      );
      return EXIT_USAGE;
    }
    const args = params.map((type, i) => parseValue(invoke.args[i] as string, type));
    const wrong = args.indexOf(undefined);
    if (wrong >= 0) {
      writeTo(
        STDERR,
        `kataan: argument ${wrong + 1} of ${invoke.name} is a ${params[wrong]}, not '${invoke.args[wrong]}'\nhint: numbers are written as in the text format; of references there is null\n`,
      );
      return EXIT_USAGE;
    }
    const values = func.callBits(...args);
    writeTo(STDOUT, values.map((value, i) => `${valueText(value, results[i] as string)}\n`).join(''));
    return EXIT_OK;
  } catch (error) {
    return reportRunError(source, error, options);
  }
}

function reportNoFunction({ exports }: Instance, name: string): number {
  const names = [...exports].filter(([, extern]) => extern instanceof Func).map(([each]) => each);
  writeTo(
    STDERR,
    `kataan: the module exports no function '${name}'\nhint: its functions are ${names.slice(0, 20).join(', ') || 'none'}\n`,
  );
  return EXIT_USAGE;
}

function reportRunError(source: Source, error: unknown, { fuel, maxBytes }: WasmOptions): number {
  if (error instanceof LinkError) {
    writeTo(
      STDERR,
      `kataan: ${source.name} cannot be linked: ${error.message}\nhint: what a module can import here is in spectest\n`,
    );
    return EXIT_ERROR;
  }
  if (error instanceof Trap) {
    if (error.code === 'out-of-fuel' && fuel !== null) {
      writeTo(STDERR, `kataan: stopped: the program used up its ${fuel} units of fuel\n`);
      return LIMIT_EXITS.fuel;
    }
    if (error.code === 'allocation-size-too-large' && maxBytes !== null) {
      writeTo(STDERR, `kataan: stopped: the program used up its ${maxBytes} bytes\n`);
      return LIMIT_EXITS.bytes;
    }
    writeTo(STDERR, `${error.describe(placing(source).place)}\n`);
    return EXIT_ERROR;
  }
  if (error instanceof Exception) {
    const { params } = error.tag.type;
    const values = error.values.map((value, i) => `${String(value)} : ${params[i]}`);
    writeTo(STDERR, `uncaught exception with [${values.join(', ')}]\n`);
    return EXIT_ERROR;
  }
  throw error;
}

function spec({ name, content }: Source, { fuel, features }: WasmOptions): number {
  if (typeof content !== 'string') {
    writeTo(STDERR, `kataan: ${name} is no script\nhint: kataan wasm run takes binary modules\n`);
    return EXIT_USAGE;
  }
  const results = runScript(content, featuresWith(features), {
    print: (line) => writeTo(STDOUT, `${line}\n`),
    ...(fuel === null ? {} : { fuel }),
  });
  const failed = results.filter(({ failure }) => failure !== null);
  for (const { kind, position, failure } of failed)
    writeTo(STDERR, `${name}:${lineAndColumn(content, position)}: ${kind}: ${failure}\n`);
  writeTo(STDOUT, `${results.length - failed.length} of ${results.length} commands passed\n`);
  return failed.length === 0 ? EXIT_OK : EXIT_ERROR;
}
