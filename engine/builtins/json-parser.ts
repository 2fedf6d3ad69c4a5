// The parser of JSON.parse: text to guest values, with the parse records that source text access needs.
// Nesting is bounded by the agent's depth and kept on an explicit stack, so that no input overflows the host's.
import type { Agent } from '../runtime/agent.ts';
import { throwSyntaxError } from '../runtime/errors.ts';
import { appendToList } from '../runtime/list.ts';
import { type ArrayObject, createArrayFrom } from '../runtime/objects/array.ts';
import { type JSObject, OrdinaryObjectCreate } from '../runtime/objects/object.ts';
import { CreateDataProperty } from '../runtime/operations/object-operations.ts';
import { keyFromString, type PropertyKey } from '../runtime/property-key.ts';
import { StringBuilder } from '../runtime/string-builder.ts';
import { chargeReading, substringOf } from '../runtime/string-work.ts';
import type { Value } from '../runtime/value.ts';

/** JSON Parse Record: a parsed value with its source text, https://tc39.es/ecma262/#sec-json-parse-record . */
export interface JSONParseRecord {
  readonly value: Value;
  /** Source text of a primitive; '' for objects and arrays. */
  readonly source: string;
  readonly elements: JSONParseRecord[] | null;
  readonly entries: Map<PropertyKey, JSONParseRecord> | null;
}

/** What a parse record is charged. */
const RECORD_BYTES = 64;

/** An object or array that is being read. */
interface Open {
  readonly container: JSObject;
  readonly elements: Value[] | null;
  readonly record: JSONParseRecord | null;
  key: PropertyKey;
}

export class JSONParser {
  private readonly agent: Agent;
  private readonly text: string;
  private readonly keepRecords: boolean;
  private position: number;
  private source: string;
  /** The record of the whole text after `parse`, if they are kept. */
  record: JSONParseRecord | null;

  constructor(agent: Agent, text: string, keepRecords: boolean) {
    this.agent = agent;
    this.text = text;
    this.keepRecords = keepRecords;
    this.position = 0;
    this.source = '';
    this.record = null;
  }

  /** The value of the whole text. Throws a guest SyntaxError with line and column. */
  parse(): Value {
    const stack: Open[] = [];
    let value: Value;
    chargeReading(this.agent, this.text.length);
    this.agent.chargeFuel(this.text.length >> 6);
    for (;;) {
      // Here a value is due.
      this.agent.chargeFuel(1);
      this.skipSpace();
      const c = this.text.charCodeAt(this.position);
      let record: JSONParseRecord | null = null;
      if (c === 0x7b /* { */) {
        this.position++;
        const container = OrdinaryObjectCreate(this.agent, this.agent.realm.objectPrototype);
        const open: Open = {
          container,
          elements: null,
          record: this.newRecord(container, null, new Map()),
          key: '',
        };
        this.skipSpace();
        if (this.text.charCodeAt(this.position) !== 0x7d /* } */) {
          this.readKey(open);
          stack.push(open);
          continue;
        }
        this.position++;
        value = container;
        record = open.record;
      } else if (c === 0x5b /* [ */) {
        this.position++;
        const elements: Value[] = [];
        const container: ArrayObject = createArrayFrom(this.agent, elements);
        const open: Open = { container, elements, record: this.newRecord(container, [], null), key: '' };
        this.skipSpace();
        if (this.text.charCodeAt(this.position) !== 0x5d /* ] */) {
          stack.push(open);
          continue;
        }
        this.position++;
        value = container;
        record = open.record;
      } else {
        value = this.readPrimitive(c);
        if (this.keepRecords) {
          this.agent.chargeBytes(RECORD_BYTES);
          record = { value, source: this.source, elements: null, entries: null };
        }
      }
      // Here a value has been read: hand it to what is open, closing as many as end here.
      for (;;) {
        if (stack.length === 0) {
          this.skipSpace();
          if (this.position < this.text.length) this.fail(this.position);
          this.record = record;
          return value;
        }
        const open = stack[stack.length - 1];
        this.store(open, value, record);
        this.skipSpace();
        const d = this.text.charCodeAt(this.position++);
        if (d === 0x2c /* , */) {
          this.skipSpace();
          if (open.elements === null) this.readKey(open);
          break;
        }
        if (d !== (open.elements === null ? 0x7d : 0x5d)) this.fail(this.position - 1);
        stack.pop();
        value = open.container;
        record = open.record;
      }
    }
  }

  private newRecord(
    value: Value,
    elements: JSONParseRecord[] | null,
    entries: Map<PropertyKey, JSONParseRecord> | null,
  ): JSONParseRecord | null {
    if (!this.keepRecords) return null;
    this.agent.chargeBytes(RECORD_BYTES);
    return { value, source: '', elements, entries };
  }

  private store(open: Open, value: Value, record: JSONParseRecord | null): void {
    this.agent.chargeBytes(16);
    if (open.elements !== null) {
      appendToList(this.agent, open.elements, value);
      if (open.record !== null && record !== null) open.record.elements?.push(record);
    } else {
      CreateDataProperty(this.agent, open.container, open.key, value);
      if (open.record !== null && record !== null) open.record.entries?.set(open.key, record);
    }
  }

  private readKey(open: Open): void {
    if (this.text.charCodeAt(this.position) !== 0x22) this.fail(this.position);
    open.key = keyFromString(this.readString());
    this.skipSpace();
    if (this.text.charCodeAt(this.position) !== 0x3a /* : */) this.fail(this.position);
    this.position++;
  }

  private skipSpace(): void {
    const text = this.text;
    let p = this.position;
    for (;;) {
      const c = text.charCodeAt(p);
      if (c !== 0x20 && c !== 0x0a && c !== 0x0d && c !== 0x09) break;
      p++;
    }
    this.position = p;
  }

  private readPrimitive(c: number): Value {
    const start = this.position;
    let value: Value;
    if (c === 0x22) value = this.readString();
    else if (c === 0x2d || (c >= 0x30 && c <= 0x39)) value = this.readNumber();
    else if (c === 0x74) value = this.readWord('true', true);
    else if (c === 0x66) value = this.readWord('false', false);
    else if (c === 0x6e) value = this.readWord('null', null);
    else this.fail(start);
    if (this.keepRecords) this.source = this.text.slice(start, this.position);
    return value;
  }

  private readWord(word: string, value: Value): Value {
    for (let i = 0; i < word.length; i++) {
      if (this.text[this.position + i] !== word[i]) this.fail(this.position + i);
    }
    this.position += word.length;
    return value;
  }

  private readNumber(): number {
    const text = this.text;
    const start = this.position;
    let p = start;
    if (text.charCodeAt(p) === 0x2d) p++;
    if (text.charCodeAt(p) === 0x30) p++;
    else p = this.digits(p);
    if (text.charCodeAt(p) === 0x2e) p = this.digits(p + 1);
    const e = text.charCodeAt(p) | 0x20;
    if (e === 0x65) {
      p++;
      const sign = text.charCodeAt(p);
      if (sign === 0x2b || sign === 0x2d) p++;
      p = this.digits(p);
    }
    this.position = p;
    return Number(text.slice(start, p));
  }

  /** The end of one or more digits from `p`. */
  private digits(p: number): number {
    const text = this.text;
    let q = p;
    for (;;) {
      const c = text.charCodeAt(q);
      if (!(c >= 0x30 && c <= 0x39)) break;
      q++;
    }
    if (q === p) this.fail(p);
    return q;
  }

  private readString(): string {
    const text = this.text;
    let p = this.position + 1;
    let from = p;
    let result: StringBuilder | null = null;
    for (;;) {
      const c = text.charCodeAt(p);
      if (c === 0x22) break;
      if (c < 0x20 || c !== c) this.fail(p);
      if (c !== 0x5c) {
        p++;
        continue;
      }
      result ??= new StringBuilder(this.agent);
      result.append(text.slice(from, p));
      const escaped = text[p + 1];
      const simple = escaped === undefined ? -1 : ESCAPES.indexOf(escaped);
      if (simple >= 0) {
        result.append(ESCAPED[simple]);
        p += 2;
      } else if (escaped === 'u') {
        let unit = 0;
        for (let i = 2; i < 6; i++) {
          const digit = hexValue(text.charCodeAt(p + i));
          if (digit < 0) this.fail(p + i);
          unit = unit * 16 + digit;
        }
        result.append(String.fromCharCode(unit));
        p += 6;
      } else this.fail(p + 1);
      from = p;
    }
    this.position = p + 1;
    if (result === null) {
      return substringOf(this.agent, text, from, p);
    }
    result.append(text.slice(from, p));
    return result.finish();
  }

  private fail(at: number): never {
    let line = 1;
    let lineStart = 0;
    for (let i = this.text.indexOf('\n'); i >= 0 && i < at; i = this.text.indexOf('\n', i + 1)) {
      line++;
      lineStart = i + 1;
    }
    const column = at - lineStart + 1;
    const where = `at position ${at} (line ${line} column ${column})`;
    if (at >= this.text.length) return throwSyntaxError(this.agent, `Unexpected end of JSON input ${where}`);
    return throwSyntaxError(this.agent, `Unexpected token ${JSON.stringify(this.text[at])} in JSON ${where}`);
  }
}

const ESCAPES = '"\\/bfnrt';
const ESCAPED = '"\\/\b\f\n\r\t';

function hexValue(c: number): number {
  if (c >= 0x30 && c <= 0x39) return c - 0x30;
  const lower = c | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}
