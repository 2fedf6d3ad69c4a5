// The `console` object, with the methods and the format of Node's. Text goes to sinks that the embedder passes in.
import {
  createArrayFrom,
  formatMessage,
  type InspectOptions,
  inspect,
  JSObject,
  peekValue,
  type Runtime,
  ToString,
  type Value,
} from '../engine.ts';
import { tableText } from './console-table.ts';

/** Where console output goes. Texts end with a line feed. */
export interface ConsoleSinks {
  /** `log`, `info`, `debug`, `dir`, `table`, … */
  out(text: string): void;
  /** `error`, `warn`, `assert`, `trace`. */
  err(text: string): void;
}

export interface ConsoleOptions {
  /** SGR colours for values on `out` and `err`; false by default. */
  readonly outColors?: boolean;
  readonly errColors?: boolean;
  /** Milliseconds that never run backwards, for `time`. */
  readonly now: () => number;
}

/** What one console remembers between calls. */
class ConsoleState {
  readonly counts = new Map<string, number>();
  readonly startTimesMs = new Map<string, number>();
  indentation = '';
}

/** Fuel for a piece of output: printing is work, too. */
const CHARACTERS_PER_FUEL = 16;

/** Defines `console` in the runtime's first realm. */
export function installConsole(runtime: Runtime, sinks: ConsoleSinks, options: ConsoleOptions): JSObject {
  const { agent } = runtime;
  const state = new ConsoleState();
  const outOptions: InspectOptions = { colors: options.outColors ?? false };
  const errOptions: InspectOptions = { colors: options.errColors ?? false };

  const write = (sink: (text: string) => void, message: string): void => {
    agent.chargeFuel(Math.ceil(message.length / CHARACTERS_PER_FUEL));
    const { indentation } = state;
    const text = indentation === '' ? message : indentation + message.replaceAll('\n', `\n${indentation}`);
    sink(`${text}\n`);
  };
  const out = (args: readonly Value[]): void => write(sinks.out, formatMessage(agent, args, outOptions));
  const err = (args: readonly Value[]): void => write(sinks.err, formatMessage(agent, args, errOptions));
  const warning = (text: string): void => write(sinks.err, `Warning: ${text}`);
  const labelOf = (value: Value): string => (value === undefined ? 'default' : ToString(agent, value));

  const elapsed = (label: string, method: string): string | null => {
    const startMs = state.startTimesMs.get(label);
    if (startMs === undefined) {
      warning(`No such label '${label}' for console.${method}()`);
      return null;
    }
    return `${label}: ${durationText(options.now() - startMs)}`;
  };
  const group = (args: readonly Value[]): void => {
    if (args.length > 0) out(args);
    state.indentation += '  ';
  };

  const methods: Readonly<Record<string, (args: readonly Value[]) => void>> = {
    log: out,
    info: out,
    debug: out,
    error: err,
    warn: err,
    trace: (args) => {
      const stack = runtime.describeError(agent.createError('Error', '')).stack;
      const framesAt = stack.indexOf('\n');
      const message = formatMessage(agent, args, errOptions);
      write(
        sinks.err,
        (message === '' ? 'Trace' : `Trace: ${message}`) + (framesAt === -1 ? '' : stack.slice(framesAt)),
      );
    },
    dir: ([value, dirOptions]) =>
      write(sinks.out, inspect(value, { ...outOptions, ...inspectOptionsOf(dirOptions) })),
    dirxml: out,
    table: ([data, columns]) => {
      const text = tableText(data, columns, outOptions);
      if (text === null) out([data]);
      else write(sinks.out, text);
    },
    assert: ([condition, ...rest]) => {
      if (isTruthy(condition)) return;
      const [first, ...others] = rest;
      if (rest.length === 0) err(['Assertion failed']);
      else if (typeof first === 'string') err([`Assertion failed: ${first}`, ...others]);
      else err(['Assertion failed:', ...rest]);
    },
    count: ([value]) => {
      const label = labelOf(value);
      const count = (state.counts.get(label) ?? 0) + 1;
      state.counts.set(label, count);
      out([`${label}: ${count}`]);
    },
    countReset: ([value]) => {
      const label = labelOf(value);
      if (!state.counts.delete(label)) warning(`Count for '${label}' does not exist`);
    },
    group,
    groupCollapsed: group,
    groupEnd: () => {
      state.indentation = state.indentation.slice(2);
    },
    time: ([value]) => {
      const label = labelOf(value);
      if (state.startTimesMs.has(label)) warning(`Label '${label}' already exists for console.time()`);
      else state.startTimesMs.set(label, options.now());
    },
    timeLog: ([value, ...data]) => {
      const text = elapsed(labelOf(value), 'timeLog');
      if (text !== null) out(['%s', text, ...data]);
    },
    timeEnd: ([value]) => {
      const label = labelOf(value);
      const text = elapsed(label, 'timeEnd');
      state.startTimesMs.delete(label);
      if (text !== null) out(['%s', text]);
    },
  };

  const console = runtime.createObject();
  for (const [name, method] of Object.entries(methods)) {
    const F = runtime.createFunction(name, 0, (args) => {
      method(args);
      return undefined;
    });
    runtime.setProperty(console, name, F);
  }
  runtime.defineGlobal('console', console);
  return console;
}

/** Defines `print`, which writes its arguments as strings, separated by spaces. */
export function installPrint(runtime: Runtime, out: (text: string) => void): void {
  const { agent } = runtime;
  runtime.defineFunction('print', 1, (args) => {
    out(`${args.map((value) => ToString(agent, value)).join(' ')}\n`);
    return undefined;
  });
}

/** Defines `scriptArgs`, an array of strings. */
export function installScriptArgs(runtime: Runtime, args: readonly string[]): void {
  runtime.defineGlobal('scriptArgs', createArrayFrom(runtime.agent, [...args]));
}

function isTruthy(value: Value): boolean {
  return value instanceof JSObject ? !value.isHTMLDDA : Boolean(value);
}

/** The data properties of console.dir's second argument that are options. */
function inspectOptionsOf(value: Value): InspectOptions {
  if (!(value instanceof JSObject)) return {};
  const depth = peekValue(value, 'depth');
  const colors = peekValue(value, 'colors');
  const showHidden = peekValue(value, 'showHidden');
  return {
    ...(depth === null ? { depth: Number.POSITIVE_INFINITY } : typeof depth === 'number' ? { depth } : {}),
    ...(typeof colors === 'boolean' ? { colors } : {}),
    ...(typeof showHidden === 'boolean' ? { showHidden } : {}),
  };
}

/** `1.5ms`, `2.500s`, `1:02.345 (m:ss.mmm)`. */
export function durationText(ms: number): string {
  if (ms < 1000) return `${Number(ms.toFixed(3))}ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(3)}s`;
  const hours = Math.floor(ms / 3_600_000);
  const minutes = Math.floor((ms % 3_600_000) / 60_000);
  const seconds = ((ms % 60_000) / 1000).toFixed(3).padStart(6, '0');
  if (hours === 0) return `${minutes}:${seconds} (m:ss.mmm)`;
  return `${hours}:${String(minutes).padStart(2, '0')}:${seconds.slice(0, 2)} (h:mm:ss)`;
}
