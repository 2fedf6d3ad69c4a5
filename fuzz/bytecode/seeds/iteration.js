var log = [];
function iterable(n, close) {
  let i = 0;
  return {
    [Symbol.iterator]() {
      return this;
    },
    next() {
      return i < n ? { value: i++, done: false } : { value: undefined, done: true };
    },
    return(v) {
      log.push('closed');
      if (close) throw close;
      return {};
    },
  };
}
for (const x of iterable(3)) log.push(x);
for (const x of iterable(3)) {
  if (x === 1) break;
}
l: for (const x of [0, 1])
  for (const y of iterable(2)) {
    if (y) continue l;
    log.push(() => x + y);
  }
try {
  for (const x of iterable(2)) throw new Error('body');
} catch (e) {
  log.push(e.message);
}
try {
  for (const x of iterable(2, new Error('close'))) break;
} catch (e) {
  log.push(e.message);
}
(() => {
  for (const x of iterable(5)) return x;
})();
var [a, b = 2, ...c] = iterable(4),
  [d] = iterable(1),
  [] = iterable(0),
  [e, [f]] = [1, new Set([2])];
[log.x, [log.y = 3]] = iterable(2) && [1, [undefined]];
for (const k in Object.create({ inherited: 1 }, { own: { value: 1, enumerable: true } })) log.push(k);
for (var k in 'ab') log.push(k);
for (const k in null) log.push('never');
for (log.z of [7]);
for ([log.w] of [[8]]);
for (const { q = 1 } of [{}]) log.push(() => q);
try {
  for (const x of { [Symbol.iterator]: () => ({ next: () => 1 }) });
} catch (e) {
  log.push(e.name);
}
[...new Map([[1, 2]]), ...'x', ...iterable(2), a, b, c, d, e, f, log.length];
