// Functions that generated programs may call, put at their head when they do: they make observable what programs usually
// do not show, conversions, internal methods of objects, steps of iterations.

const SOURCES = {
  show: `const show = (e) => (e instanceof Error ? e.name + ': ' + e.message : e);`,
  attempt: `const attempt = (f) => { try { return f(); } catch (e) { log('caught', show(e)); } };`,
  noisy: `const noisy = (name, value) => ({ [Symbol.toPrimitive](hint) { log(name, hint); return value; } });`,
  valued: `const valued = (name, value, text) => ({
  valueOf() { log(name, 'valueOf'); return value; },
  toString() { log(name, 'toString'); return text; },
});`,
  spy: `const spy = (name, target) => new Proxy(target, new Proxy({}, {
  get: (_, trap) => (...args) => {
    log(name, trap, typeof args[1] === 'object' ? '' : args[1]);
    return Reflect[trap](...args);
  },
}));`,
  iter: `const iter = (name, values, last) => ({
  [Symbol.iterator]() {
    let at = 0;
    log(name, 'open');
    return {
      next(v) { log(name, 'next', v); return at < values.length ? { value: values[at++], done: false } : { value: last, done: true }; },
      return(v) { log(name, 'return', v); return { value: v, done: true }; },
      throw(e) { log(name, 'throw', show(e)); return { value: last, done: true }; },
    };
  },
});`,
  asyncIter: `const asyncIter = (name, values, last) => ({
  [Symbol.asyncIterator]() {
    let at = 0;
    return {
      async next(v) { log(name, 'next', v); return at < values.length ? { value: values[at++], done: false } : { value: last, done: true }; },
      async return(v) { log(name, 'return', v); return { value: v, done: true }; },
    };
  },
});`,
  resource: `const resource = (name) => ({ [Symbol.dispose]() { log('dispose', name); } });`,
  asyncResource: `const asyncResource = (name) => ({ async [Symbol.asyncDispose]() { log('asyncDispose', name); } });`,
  tag: `const tag = (strings, ...values) => (log(strings.length, strings.raw, values), strings.join('|'));`,
} as const;

export type HelperName = keyof typeof SOURCES;

const NEEDS: Partial<Record<HelperName, readonly HelperName[]>> = {
  attempt: ['show'],
  iter: ['show'],
};

/** The text of the helpers in use, with those that they call. */
export function preludeText(helpers: ReadonlySet<HelperName>): string {
  const wanted = new Set(helpers);
  for (const name of helpers) for (const needed of NEEDS[name] ?? []) wanted.add(needed);
  const names = Object.keys(SOURCES) as HelperName[];
  const lines = names.filter((name) => wanted.has(name)).map((name) => SOURCES[name]);
  return ['const log = console.log;', ...lines].join('\n');
}
