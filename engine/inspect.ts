// The inspector: any guest value as text in the format of Node's util.inspect, deterministically and without running
// guest code: no getter, no proxy trap, no toString. `console`, the REPL, test outcomes and uncaught errors print with it.
import { DateObject } from './builtins/date/date-object.ts';
import { MapIteratorObject, MapObject } from './builtins/map.ts';
import { EscapeRegExpPattern } from './builtins/regexp/prototype.ts';
import { SetIteratorObject, SetObject } from './builtins/set.ts';
import { WeakMapObject, WeakSetObject } from './builtins/weak-collections.ts';
import {
  binaryKeys,
  binaryValue,
  bufferContents,
  HIDDEN_TYPED_ARRAY_KEYS,
  inheritedValue,
} from './inspect-binary.ts';
import {
  arrayContents,
  type EntryForm,
  type Formatter,
  iteratorContents,
  moreItems,
  namespaceContents,
  promiseContents,
  tableContents,
} from './inspect-contents.ts';
import { type ErrorOptions, errorBase, isErrorLike } from './inspect-errors.ts';
import { colored, escaped, type LayoutOptions, layOut, quoted, type Style } from './inspect-layout.ts';
import { constructorAt, functionBase, prefixOf, tagOf } from './inspect-names.ts';
import {
  peekChain,
  peekNamedKeys,
  peekOwnKeys,
  peekOwnProperty,
  peekPrototype,
  peekValue,
  targetOf,
  withoutCharges,
} from './peek.ts';
import { ArgumentsObject } from './runtime/objects/arguments.ts';
import { ArrayObject } from './runtime/objects/array.ts';
import { ArrayBufferObject } from './runtime/objects/array-buffer.ts';
import { DataViewObject } from './runtime/objects/data-view.ts';
import { ECMAScriptFunction, type FunctionObject } from './runtime/objects/function.ts';
import { ModuleNamespaceObject } from './runtime/objects/module-namespace.ts';
import { JSObject } from './runtime/objects/object.ts';
import {
  BigIntObject,
  BooleanObject,
  NumberObject,
  StringObject,
  SymbolObject,
} from './runtime/objects/primitive-wrappers.ts';
import { PromiseObject } from './runtime/objects/promise.ts';
import { ProxyObject } from './runtime/objects/proxy.ts';
import { RegExpObject } from './runtime/objects/regexp.ts';
import { TypedArrayObject } from './runtime/objects/typed-array.ts';
import {
  ATTRS_DEFAULT,
  dataDescriptor,
  IsAccessorDescriptor,
  type PropertyDescriptor,
} from './runtime/property-descriptor.ts';
import type { PropertyKey } from './runtime/property-key.ts';
import { SYMBOL_ITERATOR, type Value } from './runtime/value.ts';

/** How to print; the defaults are Node's. */
export interface InspectOptions {
  /** Levels of nested objects that are printed; 2 by default, Infinity for all (up to MAX_DEPTH). */
  readonly depth?: number;
  /** SGR colour sequences; false by default. */
  readonly colors?: boolean;
  /** Also what is not enumerable; false by default. */
  readonly showHidden?: boolean;
  /** Target and handler of proxies in place of the target; false by default. */
  readonly showProxy?: boolean;
  /** Elements of arrays, maps and sets; 100 by default. */
  readonly maxArrayLength?: number;
  /** Code units of strings; 10,000 by default. */
  readonly maxStringLength?: number;
  /** Width of a line; 80 by default. */
  readonly breakLength?: number;
  /** How many inner levels may share a line; 3 by default, 0 for none. */
  readonly compact?: number;
}

/** Nesting that is printed whatever the options say, so that the host's stack suffices. */
const MAX_DEPTH = 250;
/** Output past which nested objects are only named. */
const MAX_OUTPUT = 1 << 22;
/** BigInts of more bits are written in hexadecimal, by their first digits: others take long to write. */
const MAX_DECIMAL_BITS = 1n << 17n;
const FIRST_DIGITS = 32;

/** `value` as text. Runs no guest code, charges no limit and never throws. */
export function inspect(value: Value, options: InspectOptions = {}): string {
  if (typeof value !== 'object' || value === null) return new Inspector(options).format(value, 0);
  return withoutCharges(value.shape.agent, () => new Inspector(options).format(value, 0));
}

/** An object as the parts that differ between kinds. */
interface Parts {
  base: string;
  open: string;
  close: string;
  keys: PropertyKey[];
  isList: boolean;
  /** The entries before the properties. */
  contents: ((level: number) => string[]) | null;
  /** With neither contents nor keys, this alone is printed. */
  empty: string | null;
  /** A base that is shown also past the depth limit, uncoloured brackets and all. */
  shownAnyway: boolean;
}

class Inspector implements LayoutOptions, ErrorOptions, Formatter {
  private readonly depth: number;
  readonly colors: boolean;
  readonly showHidden: boolean;
  private readonly showProxy: boolean;
  private readonly maxStringLength: number;
  readonly maxArrayLength: number;
  readonly breakLength: number;
  readonly compact: number;
  /** Columns in front of the line being made. */
  indentation = 0;
  /** The level of the object that was entered last. */
  private currentLevel = 0;
  private readonly open: JSObject[] = [];
  /** Objects that a `[Circular *n]` inside refers to. */
  private readonly circular = new Map<JSObject, number>();
  private outputLength = 0;

  constructor(options: InspectOptions) {
    this.depth = Math.min(options.depth ?? 2, MAX_DEPTH);
    this.colors = options.colors ?? false;
    this.showHidden = options.showHidden ?? false;
    this.showProxy = options.showProxy ?? false;
    this.maxArrayLength = Math.max(options.maxArrayLength ?? 100, 0);
    this.maxStringLength = Math.max(options.maxStringLength ?? 10_000, 0);
    this.breakLength = options.breakLength ?? 80;
    this.compact = options.compact ?? 3;
  }

  /** `level` is how many objects are around. */
  format(value: Value, level: number): string {
    if (typeof value !== 'object' || value === null) return this.formatPrimitive(value);
    let object = value;
    if (value instanceof ProxyObject) {
      const target = targetOf(value);
      if (target === null) return this.style('<Revoked Proxy>', 'special');
      if (this.showProxy) return this.formatProxy(value, level);
      object = target;
    }
    if (this.open.includes(object)) {
      let index = this.circular.get(object);
      if (index === undefined) {
        index = this.circular.size + 1;
        this.circular.set(object, index);
      }
      return this.style(`[Circular *${index}]`, 'special');
    }
    return this.formatObject(object, level);
  }

  style(text: string, style: Style): string {
    return this.colors ? colored(text, style) : text;
  }

  // ---- Primitives

  private formatPrimitive(value: Exclude<Value, JSObject>): string {
    switch (typeof value) {
      case 'string':
        return this.formatString(value);
      case 'number':
        return this.style(Object.is(value, -0) ? '-0' : `${value}`, 'number');
      case 'bigint':
        return this.style(bigintText(value), 'bigint');
      case 'boolean':
        return this.style(`${value}`, 'boolean');
      case 'symbol':
        return this.style(this.symbolText(value), 'symbol');
      case 'undefined':
        return this.style('undefined', 'undefined');
      default:
        return this.style('null', 'null');
    }
  }

  private formatString(value: string): string {
    let text = value;
    let trailer = '';
    const most = this.outputLength > MAX_OUTPUT ? 0 : this.maxStringLength;
    if (text.length > most) {
      text = text.slice(0, most);
      trailer = moreCharacters(value.length - most);
    }
    const literal = this.stringLiteral(text);
    this.outputLength += literal.length;
    return literal + trailer;
  }

  /** As one literal, or one a line where that is wider than the line. */
  private stringLiteral(text: string): string {
    if (text.length <= 16 || text.length <= this.breakLength - this.indentation - 4)
      return this.style(quoted(text), 'string');
    const pieces = text.split(/(?<=\n)/).map((line) => this.style(quoted(line), 'string'));
    return pieces.join(` +\n${' '.repeat(this.indentation + 2)}`);
  }

  /** The descriptive string, cut as strings are. */
  private symbolText(value: symbol): string {
    const description = value.description ?? '';
    if (description.length <= this.maxStringLength) return value.toString();
    const rest = description.length - this.maxStringLength;
    return `Symbol(${description.slice(0, this.maxStringLength)}${moreCharacters(rest)})`;
  }

  // ---- Objects

  private formatProxy(proxy: ProxyObject, level: number): string {
    if (level > this.depth) return this.style('Proxy [Array]', 'special');
    this.indentation += 2;
    this.currentLevel = level;
    const entries = [this.format(proxy.proxyTarget, level + 1), this.format(proxy.proxyHandler, level + 1)];
    this.indentation -= 2;
    return this.join(entries, '', 'Proxy [', ']', level + 1, 'list', null);
  }

  private formatObject(O: JSObject, level: number): string {
    const inherited = this.showHidden && level <= this.depth ? this.inheritedEntries(O, level) : null;
    const constructor = this.constructorName(O, level);
    const tag = tagOf(O, this.showHidden);
    const parts = this.partsOf(O, constructor, tag, level);
    const isBare = parts.keys.length === 0 && inherited === null;
    if (isBare && parts.empty !== null) return parts.empty;
    if (level > this.depth && parts.shownAnyway) return parts.base;
    if (level > this.depth || this.outputLength > MAX_OUTPUT) {
      const name = prefixOf(constructor, tag, O.className(), '').slice(0, -1);
      return this.style(constructor === null ? name : `[${name}]`, 'special');
    }

    const inner = level + 1;
    this.open.push(O);
    this.currentLevel = inner;
    const entries = parts.contents === null ? [] : parts.contents(inner);
    for (let i = 0; i < parts.keys.length; i++) {
      if (this.outputLength > MAX_OUTPUT) {
        entries.push(moreProperties(parts.keys.length - i));
        break;
      }
      entries.push(this.formatProperty(O, parts.keys[i], inner, 'property'));
    }
    if (inherited !== null) entries.push(...inherited());
    this.open.pop();

    let { base, open } = parts;
    const reference = this.circular.get(O);
    if (reference !== undefined) {
      const mark = this.style(`<ref *${reference}>`, 'special');
      if (this.compact === 0) open = `${mark} ${open}`;
      else base = base === '' ? mark : `${mark} ${base}`;
    }
    return this.join(entries, base, open, parts.close, inner, parts.isList ? 'list' : 'object', O);
  }

  /** Two values that belong together. */
  joinPair(pair: string[], level: number): string {
    return this.join(pair, '', '[', ']', level, 'list', null);
  }

  private join(
    entries: string[],
    base: string,
    open: string,
    close: string,
    inner: number,
    kind: 'list' | 'object',
    O: JSObject | null,
  ): string {
    const isNumeric =
      kind === 'list' && O !== null && entries.every((_entry, index) => isNumericElement(O, index));
    const text = layOut(
      {
        entries,
        base,
        open,
        close,
        isList: kind === 'list',
        isNumeric: isNumeric || (kind === 'list' && O === null),
        endsWithNote: this.maxArrayLength < entries.length,
      },
      this,
      this.indentation,
      this.currentLevel - inner,
    );
    this.outputLength += text.length;
    return text;
  }

  /** What is special about the kind of object. */
  private partsOf(O: JSObject, constructor: string | null, tag: string, level: number): Parts {
    const parts: Parts = {
      base: '',
      open: '{',
      close: '}',
      keys: [],
      isList: false,
      contents: null,
      empty: null,
      shownAnyway: false,
    };
    if (constructor === null || !isNullish(peekValue(O, SYMBOL_ITERATOR))) {
      if (this.listParts(O, constructor, tag, parts)) return parts;
    }
    parts.keys = this.keysOf(O);
    this.otherParts(O, constructor, tag, level, parts);
    return parts;
  }

  /** Arrays and collections; false for other objects. */
  private listParts(O: JSObject, constructor: string | null, tag: string, parts: Parts): boolean {
    if (O instanceof ArrayObject) {
      const prefix =
        constructor !== 'Array' || tag !== '' ? prefixOf(constructor, tag, 'Array', `(${O.length})`) : '';
      parts.keys = this.keysOf(O);
      parts.open = `${prefix}[`;
      parts.close = ']';
      parts.isList = true;
      parts.contents = (inner) => arrayContents(this, O, inner);
      if (O.length === 0) parts.empty = `${parts.open}]`;
      return true;
    }
    if (O instanceof TypedArrayObject) {
      const length = O.length(O.shape.agent);
      parts.keys = this.keysOf(O);
      parts.open = `${prefixOf(constructor, tag, O.type.name, `(${length})`)}[`;
      parts.close = ']';
      parts.isList = true;
      parts.contents = (inner) => this.typedArrayContents(O, length, inner);
      if (length === 0 && !this.showHidden) parts.empty = `${parts.open}]`;
      return true;
    }
    if (O instanceof SetObject || O instanceof MapObject) {
      const kind = O instanceof SetObject ? 'Set' : 'Map';
      const table = O instanceof SetObject ? O.setData : O.mapData;
      const prefix = prefixOf(constructor, tag, kind, `(${table.size})`);
      parts.keys = this.keysOf(O);
      parts.open = `${prefix}{`;
      parts.contents = (inner) => tableContents(this, table, kind, inner);
      if (table.size === 0) parts.empty = `${prefix}{}`;
      return true;
    }
    if (O instanceof MapIteratorObject || O instanceof SetIteratorObject) {
      const kind = O instanceof MapIteratorObject ? 'Map' : 'Set';
      const name = `${kind} Iterator`;
      const label = tag === name ? `[${tag}] {` : tag === '' ? `[${name}] {` : `[${tag}] [${name}] {`;
      const isPairs = O.iterationKind === 'key+value';
      parts.keys = this.keysOf(O);
      parts.open = isPairs ? label.replace(/ Iterator\] \{$/, ' Entries] {') : label;
      parts.contents = (inner) => iteratorContents(this, O, inner);
      return true;
    }
    return false;
  }

  private otherParts(
    O: JSObject,
    constructor: string | null,
    tag: string,
    level: number,
    parts: Parts,
  ): void {
    if (O instanceof ArgumentsObject) {
      parts.open = `${constructor === 'Object' && tag === '' ? '[Arguments] ' : prefixOf(constructor, tag, 'Arguments', '')}{`;
      parts.empty = `${parts.open}}`;
    } else if (O.code !== null) {
      parts.base = functionBase(O as FunctionObject, constructor, tag);
      parts.empty = this.style(parts.base, 'special');
    } else if (constructor === 'Object') {
      parts.open = tag === '' ? '{' : `${prefixOf(constructor, tag, 'Object', '')}{`;
      parts.empty = `${parts.open}}`;
    } else if (O instanceof RegExpObject) {
      const prefix = prefixOf(constructor, tag, 'RegExp', '');
      const literal = `/${EscapeRegExpPattern(O.shape.agent, O.originalSource)}/${O.originalFlags}`;
      parts.base = prefix === 'RegExp ' ? literal : prefix + literal;
      parts.empty = this.style(parts.base, 'regexp');
      parts.shownAnyway = true;
      if (level > this.depth) parts.base = parts.empty;
    } else if (O instanceof DateObject) {
      const prefix = prefixOf(constructor, tag, 'Date', '');
      const date = isoText(O.dateValue);
      parts.base = prefix === 'Date ' ? date : prefix + date;
      parts.empty = this.style(parts.base, 'date');
    } else if (isErrorLike(O)) {
      parts.base = errorBase(O, constructor, tag, parts.keys, this);
      parts.empty = parts.base;
    } else if (O instanceof PromiseObject) {
      parts.open = `${prefixOf(constructor, tag, 'Promise', '')}{`;
      parts.contents = (inner) => promiseContents(this, O, inner);
    } else if (O instanceof ArrayBufferObject || O instanceof DataViewObject) {
      parts.open = `${prefixOf(constructor, tag, O.className(), '')}{`;
      parts.keys.unshift(...binaryKeys(O));
      if (O instanceof ArrayBufferObject) parts.contents = () => [this.bufferEntry(O)];
    } else if (O instanceof WeakSetObject || O instanceof WeakMapObject) {
      parts.open = `${prefixOf(constructor, tag, O.className(), '')}{`;
      parts.contents = () => [this.style('<items unknown>', 'special')];
    } else if (O instanceof ModuleNamespaceObject) {
      parts.open = `${prefixOf(constructor, tag, 'Module', '')}{`;
      const { keys } = parts;
      parts.keys = [];
      parts.contents = (inner) => namespaceContents(this, O, keys, inner);
    } else if (primitiveOf(O) !== undefined) {
      parts.base = this.wrapperBase(O, constructor, tag);
      parts.empty = parts.keys.length === 0 ? this.style(parts.base, wrapperStyle(O)) : parts.base;
    } else {
      parts.open = `${prefixOf(constructor, tag, 'Object', '')}{`;
      parts.empty = `${parts.open}}`;
    }
  }

  /** The keys to show: enumerable ones, or with showHidden all. */
  private keysOf(O: JSObject): PropertyKey[] {
    const keys = peekNamedKeys(O);
    if (this.showHidden) return keys;
    if (O instanceof ModuleNamespaceObject) return keys.filter((key) => typeof key !== 'symbol');
    return keys.filter((key) => peekOwnProperty(O, key)?.enumerable === true);
  }

  // ---- Contents by kind

  private typedArrayContents(O: TypedArrayObject, length: number, inner: number): string[] {
    const { agent } = O.shape;
    const limit = Math.min(this.maxArrayLength, length);
    const entries: string[] = [];
    for (let i = 0; i < limit; i++) entries.push(this.formatPrimitive(O.getElement(agent, i)));
    if (length > limit) entries.push(moreItems(length - limit));
    if (!this.showHidden) return entries;
    this.indentation += 2;
    for (const key of HIDDEN_TYPED_ARRAY_KEYS) {
      const value = binaryValue(O, key);
      const text =
        value instanceof ArrayBufferObject ? this.viewedBuffer(value, inner) : this.format(value, inner);
      entries.push(`[${key}]: ${text}`);
    }
    this.indentation -= 2;
    return entries;
  }

  /** The buffer of a typed array, whose elements have been shown. */
  private viewedBuffer(buffer: ArrayBufferObject, level: number): string {
    if (this.keysOf(buffer).length > 0 || this.open.includes(buffer)) return this.format(buffer, level);
    const prefix = prefixOf(
      this.constructorName(buffer, level),
      tagOf(buffer, this.showHidden),
      buffer.className(),
      '',
    );
    return `${prefix}{ byteLength: ${this.formatPrimitive(buffer.byteLength)} }`;
  }

  private bufferEntry(buffer: ArrayBufferObject): string {
    const contents = bufferContents(buffer, this.maxArrayLength);
    if (contents === null) return this.style('(detached)', 'special');
    return `${this.style('[Uint8Contents]', 'special')}: <${contents}>`;
  }

  // ---- Properties

  formatProperty(O: JSObject, key: PropertyKey, inner: number, form: EntryForm): string {
    const desc = peekOwnProperty(O, key) ?? dataDescriptor(inheritedValue(O, key), ATTRS_DEFAULT);
    return this.formatDescriptor(key, desc, inner, form);
  }

  private formatDescriptor(
    key: PropertyKey,
    desc: PropertyDescriptor,
    inner: number,
    form: EntryForm,
  ): string {
    let text: string;
    if (IsAccessorDescriptor(desc)) {
      if (desc.get !== undefined)
        text = this.style(desc.set === undefined ? '[Getter]' : '[Getter/Setter]', 'special');
      else if (desc.set !== undefined) text = this.style('[Setter]', 'special');
      else text = this.style('undefined', 'undefined');
    } else {
      this.indentation += 2;
      text = this.format(desc.value, inner);
      this.indentation -= 2;
    }
    if (form === 'element') return text;
    return `${this.formatKey(key, desc.enumerable !== false)}: ${text}`;
  }

  formatKey(key: PropertyKey, isEnumerable: boolean): string {
    if (typeof key === 'symbol') return `[${this.style(escaped(this.symbolText(key)), 'symbol')}]`;
    const whole = String(key);
    const rest = whole.length - this.maxStringLength;
    const name = rest > 0 ? whole.slice(0, this.maxStringLength) + moreCharacters(rest) : whole;
    if (name === '__proto__') return "['__proto__']";
    if (!isEnumerable) return `[${escaped(name)}]`;
    if (/^[a-zA-Z_][a-zA-Z_0-9]*$/.test(name)) return this.style(name, 'name');
    return this.style(quoted(name), 'string');
  }

  // ---- Names

  /**
   * The name of the constructor that O is an instance of, found by data properties along the prototypes; null for an
   * object without prototype.
   */
  private constructorName(O: JSObject, level: number): string | null {
    for (const o of peekChain(O)) {
      const name = constructorAt(o, O);
      if (name !== '') return name;
    }
    const proto = peekPrototype(O);
    if (proto === null) return null;
    const fallback = O.className();
    if (level > this.depth) return `${fallback} <Complex prototype>`;
    const above = this.constructorName(proto, level + 1);
    if (above !== null) return `${fallback} <${above}>`;
    const inspector = new Inspector({ depth: -1, breakLength: this.breakLength });
    return `${fallback} <${inspector.format(proto, 0)}>`;
  }

  private wrapperBase(O: JSObject, constructor: string | null, tag: string): string {
    const primitive = primitiveOf(O);
    const type = O.className();
    let base = `[${type}`;
    if (constructor === null) base += ' (null prototype)';
    else if (constructor !== type) base += ` (${constructor})`;
    base += `: ${new Inspector({ breakLength: this.breakLength, maxStringLength: this.maxStringLength }).format(primitive, 0)}]`;
    if (tag !== '' && tag !== constructor) base += ` [${tag}]`;
    return base;
  }

  // ---- showHidden

  /** Data properties and accessors that instances of the program's own classes inherit; null for other objects. */
  private inheritedEntries(O: JSObject, level: number): (() => string[]) | null {
    const found: { readonly key: PropertyKey; readonly desc: PropertyDescriptor }[] = [];
    const seen = new Set<PropertyKey>(peekNamedKeys(O));
    let isOwnClass = false;
    for (let o = peekPrototype(O), steps = 0; o !== null && steps < 3; o = peekPrototype(o), steps++) {
      const maker = peekOwnProperty(o, 'constructor')?.value;
      if (!(maker instanceof ECMAScriptFunction)) break;
      isOwnClass = true;
      for (const key of peekOwnKeys(o)) {
        const desc = peekOwnProperty(o, key);
        if (desc === undefined || key === 'constructor' || seen.has(key)) continue;
        seen.add(key);
        if (desc.value instanceof JSObject && desc.value.code !== null) continue;
        found.push({ key, desc });
      }
    }
    if (!isOwnClass) return null;
    return () =>
      found.map(({ key, desc }) => {
        const text = this.formatDescriptor(key, desc, level + 1, 'property');
        return this.colors ? `\u001b[2m${text}\u001b[22m` : text;
      });
  }
}

// ------------------------------------------------------------------ texts

function bigintText(value: bigint): string {
  if (BigInt.asIntN(Number(MAX_DECIMAL_BITS), value) === value) return `${value}n`;
  const digits = (value < 0n ? -value : value).toString(16);
  const text = `0x${digits.slice(0, FIRST_DIGITS)}... ${digits.length - FIRST_DIGITS} more digits`;
  return value < 0n ? `-${text}` : text;
}

function moreCharacters(count: number): string {
  return `... ${count} more character${count > 1 ? 's' : ''}`;
}

function moreProperties(count: number): string {
  return `... ${count} more ${count > 1 ? 'properties' : 'property'}`;
}

// ------------------------------------------------------------------ facts about objects

function isNullish(value: Value): boolean {
  return value === undefined || value === null;
}

/** The primitive in a wrapper object; undefined for other objects. */
function primitiveOf(O: JSObject): Value {
  if (O instanceof StringObject) return O.stringData;
  if (O instanceof NumberObject) return O.numberData;
  if (O instanceof BooleanObject) return O.booleanData;
  if (O instanceof SymbolObject) return O.symbolData;
  if (O instanceof BigIntObject) return O.bigintData;
  return undefined;
}

function wrapperStyle(O: JSObject): Style {
  return typeof primitiveOf(O) as 'string' | 'number' | 'boolean' | 'symbol' | 'bigint';
}

function isoText(dateValue: number): string {
  return Number.isNaN(dateValue) ? 'Invalid Date' : new Date(dateValue).toISOString();
}

function isNumericElement(O: JSObject, index: number): boolean {
  const value = peekOwnProperty(O, index)?.value;
  return typeof value === 'number' || typeof value === 'bigint';
}
