// Modules that ask for much with little: of each kind of entry as many as wanted, as small as the format allows, so that
// what an entry costs the host shows. Their shape is all that matters; they are valid where nothing else is said.

/** Bytes of a module under way; grows by doubling. */
class Bytes {
  private bytes = new Uint8Array(1 << 16);
  length = 0;

  push(...bytes: number[]): this {
    if (this.length + bytes.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    for (const byte of bytes) this.bytes[this.length++] = byte;
    return this;
  }

  u32(value: number): this {
    let rest = value;
    for (; rest >= 0x80; rest = Math.floor(rest / 128)) this.push((rest & 0x7f) | 0x80);
    return this.push(rest);
  }

  /** Always of three bytes, so that distinct ones take the same room. */
  u21(value: number): this {
    return this.push((value & 0x7f) | 0x80, ((value >> 7) & 0x7f) | 0x80, (value >> 14) & 0x7f);
  }

  all(bytes: Uint8Array): this {
    if (this.length + bytes.length > this.bytes.length) {
      const larger = new Uint8Array(2 * this.bytes.length + bytes.length);
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
    return this;
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.bytes.slice(0, this.length);
  }
}

type Section = readonly [id: number, body: Uint8Array];
type WriteEntry = (into: Bytes, index: number) => unknown;

function bytes(write: (into: Bytes) => unknown): Uint8Array {
  const into = new Bytes();
  write(into);
  return into.finish();
}

function vector(id: number, count: number, entry: WriteEntry): Section {
  const into = new Bytes().u32(count);
  for (let i = 0; i < count; i++) entry(into, i);
  return [id, into.finish()];
}

function moduleOf(...sections: readonly Section[]): Uint8Array<ArrayBuffer> {
  const into = new Bytes().push(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  for (const [id, body] of sections) into.push(id).u32(body.length).all(body);
  return into.finish();
}

const EMPTY_FUNC_TYPE: WriteEntry = (into) => into.push(0x60, 0, 0);
const TYPE = vector(1, 1, EMPTY_FUNC_TYPE);
const ONE_FUNC = vector(3, 1, (into) => into.push(0));
const ONE_BODY = vector(10, 1, (into) => into.push(2, 0, 0x0b));
const TABLE = vector(4, 1, (into) => into.push(0x70, 0, 0));
const MEMORY = vector(5, 1, (into) => into.push(0, 0));

/** A module with one function whose body is `count` times `unit`, behind `head`. */
function oneBody(
  head: readonly number[],
  unit: readonly number[],
  count: number,
  tail: readonly number[],
): Uint8Array {
  const body = bytes((into) => {
    into.push(...head);
    for (let i = 0; i < count; i++) into.push(...unit);
    into.push(...tail, 0x0b);
  });
  return moduleOf(TYPE, ONE_FUNC, [10, bytes((into) => into.push(1).u32(body.length).all(body))]);
}

/** A custom section `name` with one subsection. */
function names(id: number, count: number, entry: WriteEntry): Section {
  const [, body] = vector(id, count, entry);
  return [0, bytes((into) => into.push(4, 0x6e, 0x61, 0x6d, 0x65, id).u32(body.length).all(body))];
}

/** Kinds of entries: a module with `count` of each. */
export const hostileModules: Readonly<Record<string, (count: number) => Uint8Array>> = {
  types: (n) => moduleOf(vector(1, n, EMPTY_FUNC_TYPE)),
  distinctTypes: (n) =>
    moduleOf(
      vector(1, n, (into, i) => {
        into.push(0x60, 20);
        for (let bit = 0; bit < 20; bit++) into.push((i >> bit) & 1 ? 0x7e : 0x7f);
        into.push(0);
      }),
    ),
  longTypes: (n) =>
    moduleOf(
      vector(1, n, (into, i) => {
        into.push(0x60).u32(1000);
        for (let j = 0; j < 1000; j++) into.push(j < 24 && (i >> j) & 1 ? 0x7e : 0x7f);
        into.push(0);
      }),
    ),
  structTypes: (n) =>
    moduleOf(
      vector(1, n, (into, i) => {
        into.push(0x5f).u32(30);
        for (let j = 0; j < 30; j++) into.push(j < 24 && (i >> j) & 1 ? 0x7e : 0x7f, 1);
      }),
    ),
  recGroups: (n) => moduleOf(vector(1, n, (into) => into.push(0x4e, 0))),
  wideRecGroup: (n) =>
    moduleOf(
      vector(1, 1, (into) => {
        into.push(0x4e).u32(n);
        for (let i = 0; i < n; i++) into.push(0x5f, 0);
      }),
    ),
  deepSubtypes: (n) =>
    moduleOf(
      vector(1, 1, (into) => {
        into.push(0x4e).u32(n);
        for (let i = 0; i < n; i++) {
          if (i === 0) into.push(0x50, 0, 0x5f, 0);
          else
            into
              .push(0x50, 1)
              .u32(Math.min(i - 1, 62))
              .push(0x5f, 0);
        }
      }),
    ),
  supers: (n) =>
    moduleOf(
      vector(1, 2, (into, i) => {
        if (i === 0) into.push(0x50, 0, 0x5f, 0);
        else {
          into.push(0x50).u32(n);
          for (let j = 0; j < n; j++) into.push(0);
          into.push(0x5f, 0);
        }
      }),
    ),
  imports: (n) =>
    moduleOf(
      TYPE,
      vector(2, n, (into) => into.push(0, 0, 0, 0)),
    ),
  importedGlobals: (n) => moduleOf(vector(2, n, (into) => into.push(1, 0x61, 1, 0x62, 3, 0x7f, 0))),
  importedTables: (n) => moduleOf(vector(2, n, (into) => into.push(0, 0, 1, 0x70, 0, 0))),
  functions: (n) =>
    moduleOf(
      TYPE,
      vector(3, n, (into) => into.push(0)),
      vector(10, n, (into) => into.push(2, 0, 0x0b)),
    ),
  tables: (n) => moduleOf(vector(4, n, (into) => into.push(0x70, 0, 0))),
  tablesWithInit: (n) => moduleOf(vector(4, n, (into) => into.push(0x40, 0, 0x70, 0, 0, 0xd0, 0x70, 0x0b))),
  memories: (n) => moduleOf(vector(5, n, (into) => into.push(0, 0))),
  tags: (n) =>
    moduleOf(
      TYPE,
      vector(13, n, (into) => into.push(0, 0)),
    ),
  globals: (n) => moduleOf(vector(6, n, (into) => into.push(0x7f, 0, 0x41, 0, 0x0b))),
  exports: (n) =>
    moduleOf(
      TYPE,
      ONE_FUNC,
      vector(7, n, (into, i) =>
        into
          .push(3)
          .push(33 + (i % 90), 33 + (Math.floor(i / 90) % 90), 33 + (Math.floor(i / 8100) % 90))
          .push(0, 0),
      ),
      ONE_BODY,
    ),
  elementSegments: (n) =>
    moduleOf(
      TABLE,
      vector(9, n, (into) => into.push(0, 0x41, 0, 0x0b, 0)),
    ),
  elementSegmentsOfOne: (n) =>
    moduleOf(
      TYPE,
      ONE_FUNC,
      vector(9, n, (into) => into.push(1, 0, 1, 0)),
      ONE_BODY,
    ),
  passiveElementSegments: (n) => moduleOf(vector(9, n, (into) => into.push(1, 0, 0))),
  functionElements: (n) =>
    moduleOf(
      TYPE,
      ONE_FUNC,
      vector(9, 1, (into) => {
        into.push(1, 0).u32(n);
        for (let i = 0; i < n; i++) into.push(0);
      }),
      ONE_BODY,
    ),
  expressionElements: (n) =>
    moduleOf(
      vector(9, 1, (into) => {
        into.push(5, 0x70).u32(n);
        for (let i = 0; i < n; i++) into.push(0xd0, 0x70, 0x0b);
      }),
    ),
  dataSegments: (n) =>
    moduleOf(
      MEMORY,
      vector(11, n, (into) => into.push(0, 0x41, 0, 0x0b, 0)),
    ),
  locals: (n) =>
    moduleOf(
      TYPE,
      vector(3, n, (into) => into.push(0)),
      vector(10, n, (into) => into.push(6, 1).u21(49_000).push(0x7f, 0x0b)),
    ),
  instructions: (n) => oneBody([0], [0x01], n, []),
  manyBodies: (n) =>
    moduleOf(
      TYPE,
      vector(3, n, (into) => into.push(0)),
      vector(10, n, (into) => {
        into.u32(12_002).push(0);
        for (let i = 0; i < 3000; i++) into.push(0x41, 0xff, 0x00, 0x1a);
        into.push(0x0b);
      }),
    ),
  memoryAccesses: (n) =>
    moduleOf(
      TYPE,
      vector(3, n, (into) => into.push(0)),
      MEMORY,
      vector(10, n, (into) => {
        into.u32(18_002).push(0);
        for (let i = 0; i < 3000; i++) into.push(0x41, 0, 0x28, 0, 0, 0x1a);
        into.push(0x0b);
      }),
    ),
  branchTables: (n) =>
    moduleOf(
      TYPE,
      vector(3, n, (into) => into.push(0)),
      vector(10, n, (into) => {
        into.u32(60_009).push(0, 0x41, 0, 0x0e).u21(60_000);
        for (let i = 0; i <= 60_000; i++) into.push(0);
        into.push(0x0b);
      }),
    ),
  customSections: (n) => {
    const into = new Bytes().push(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    for (let i = 0; i < n; i++) into.push(0, 1, 0);
    return into.finish();
  },
  functionNames: (n) => moduleOf(names(1, n, (into, i) => into.u32(i).push(0))),
  functionsWithLocalNames: (n) => moduleOf(names(2, n, (into, i) => into.u32(i).push(0))),
  longNames: (n) =>
    moduleOf(names(1, n, (into, i) => into.u32(i).u32(100_000).all(new Uint8Array(100_000).fill(0x61)))),
  oneLongName: (n) => moduleOf([0, bytes((into) => into.u32(n).all(new Uint8Array(n).fill(0x61)))]),
  importNames: (n) =>
    moduleOf(
      TYPE,
      vector(2, n, (into) => into.u32(100_000).all(new Uint8Array(100_000).fill(0x61)).push(0, 0, 0)),
    ),
};
