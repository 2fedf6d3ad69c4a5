function* count(n) {
  try {
    for (let i = 0; i < n; i++) {
      const got = yield i;
      if (got) yield got;
    }
    return 'end';
  } finally {
    yield 'cleanup';
  }
}
function* delegate() {
  const r = yield* count(2);
  try {
    yield* [1, 2];
    yield* { [Symbol.iterator]: () => ({ next: () => ({ done: false, value: 0 }) }) };
  } catch (e) {
    yield e;
  }
  return r;
}
function* args() {
  yield arguments.length;
  yield this;
  yield* (function* () {
    return yield;
  })();
}
const g = count(3),
  d = delegate(),
  out = [];
out.push(g.next(), g.next('sent'), g.return('early'), g.next(), g.throw === undefined);
for (let i = 0; i < 9; i++) out.push(d.next());
out.push(d.throw('x'), d.next());
out.push([...count(1)], [...args(1, 2)].length, Object.getPrototypeOf(g) === count.prototype);
const o = {
  *[Symbol.iterator]() {
    yield 1;
  },
};
out.push(
  ...o,
  Math.max(
    ...count(3)
      .map(Number)
      .filter((x) => x === x),
  ),
);
try {
  count(1).throw(new Error('outside'));
} catch (e) {
  out.push(e.message);
}
out.length;
