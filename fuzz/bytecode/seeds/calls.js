var o = {
  f(...xs) {
    return [this === o, ...xs];
  },
  g: {
    h() {
      return this;
    },
  },
};
function f(a, b, c) {
  return [a, b, c, arguments.length];
}
function attempt(g) {
  try {
    return g();
  } catch (e) {
    return e.message;
  }
}
var args = [1, 2];
[
  f(),
  f(1),
  f(1, 2),
  f(1, 2, 3),
  f(1, 2, 3, 4, 5),
  f(...args),
  f(0, ...args, 3),
  o.f(1),
  o['f'](2),
  o.f(3),
  o.f(...args),
  o.f?.(4),
  o?.g.h() === o.g,
  new Array(3).length,
  [...args].length,
  new (class {
    constructor(x) {
      this.x = x;
    }
  })(5).x,
  new Date(0).getTime(),
  Math.max(...args, 7),
  'a-b'.split('-'),
  Reflect.apply(f, null, args),
  f.call(null, 1),
  f.apply(null, args),
  f.bind(null, 9)(8),
  attempt(() => o.missing()),
  attempt(() => undefined()),
  attempt(() => new o.g()),
  attempt(() => null.x),
  attempt(() => [...1]),
  attempt(() => {
    undefined.x = 1;
  }),
  attempt(() => ({}).a.b),
  attempt(() => {
    for (const [x] of [1]);
  }),
  [3, 1, 2].sort((a, b) => a - b),
  [1, 2].map((x) => x * 2),
  JSON.stringify({
    a: [1],
    toJSON() {
      return { b: 1 };
    },
  }),
  String({ toString: () => 's' }),
  new Proxy(f, { apply: () => 'trap' })(),
  import('./none.js').catch((e) => e.name),
  import('./none.json', { with: { type: 'json' } }).catch(() => 0),
];
