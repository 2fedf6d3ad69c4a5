// expect: 320102
// scale: 200
// about: generators over generators: for-of, yield*, early return, user-made iterators

function* range(from, to) {
  for (let i = from; i < to; i++) yield i;
}

function* filtered(source, test) {
  for (const value of source) if (test(value)) yield value;
}

function* taken(source, count) {
  let left = count;
  for (const value of source) {
    if (left-- === 0) return;
    yield value;
  }
}

function* nested(depth) {
  if (depth > 0) {
    yield* nested(depth - 1);
    yield depth;
    yield* nested(depth - 1);
  }
}

class Countdown {
  constructor(from) {
    this.from = from;
  }

  [Symbol.iterator]() {
    let value = this.from;
    return { next: () => (value > 0 ? { value: value--, done: false } : { value: undefined, done: true }) };
  }
}

function unit() {
  let sum = 0;
  for (const x of taken(
    filtered(range(0, 3000), (value) => value % 3 === 0),
    400,
  ))
    sum += x;
  for (const x of nested(8)) sum += x;
  for (const x of new Countdown(400)) sum += x;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
