// What functions of the library call, in order: alike whether they nest, run in frames, or are paused in between.
// Replay: npm run differential -- corpora/regressions/steps-of-the-library.js
// expect: map(1,0) inner1 map(2,1) inner2 done
// expect: next next next next end
// expect: open0 open1 close1 close0 zip Error
// expect: strict TypeError close0
// expect: return undefined true
// expect: "a"=1|{"source":"1"} "0"=2|{"source":"2"} "1"=0|{} "b"=0|{} ""=0|{}
// expect: {"x":["toJSON:0",null],"y":{"z":"7"}}
// expect: 0: 1: 1.q
// expect: circular TypeError
// expect: get:p set:p has:p deleteProperty:p ownKeys getOwnPropertyDescriptor:p defineProperty:p getPrototypeOf setPrototypeOf isExtensible preventExtensions
// expect: 1,2 a[0]b[2] A,B,0,2
// expect: true,false 1,2,3 2 1,3
// expect: 2,4 9,8
// expect: disposed 2 1 SuppressedError
// expect: all 1,2 race 1 any 2 settled fulfilled,rejected keyed {"k":3} try 4 finally 5

const log = [];
const flush = () => console.log(log.splice(0).join(' '));
const wait = () => {
  for (let i = 0; i < 5; i++);
};

function iterator(name, values, onReturn = () => {}) {
  let i = 0;
  return {
    __proto__: Iterator.prototype,
    next() {
      wait();
      if (name) log.push(name);
      return i < values.length ? { value: values[i++], done: false } : { value: undefined, done: true };
    },
    return() {
      onReturn();
      return {};
    },
  };
}

for (const x of iterator('', [1, 2])
  .map((x, i) => (log.push(`map(${x},${i})`), x))
  .flatMap((x) => iterator('', [`inner${x}`]))) {
  log.push(x);
}
log.push('done');
flush();

[...iterator('next', [1, 2, 3]).drop(1).filter((x) => x > 2).take(5)];
log.push('end');
flush();

try {
  const zipped = Iterator.zip(
    [0, 1].map((n) => (log.push(`open${n}`), iterator('', [n], () => log.push(`close${n}`)))).concat({
      next() {
        throw new Error('zip');
      },
    }),
  );
  zipped.next();
} catch (error) {
  log.push(error.message, error.name);
}
flush();

try {
  Iterator.zip([iterator('', [0], () => log.push('close0')), iterator('', [])], { mode: 'strict' }).next();
} catch (error) {
  log.unshift('strict', error.name);
}
flush();

const helper = Iterator.concat([1], [2]);
helper.next();
const ended = helper.return();
log.push('return', String(ended.value), ended.done);
flush();

JSON.parse('{"a":1,"b":[2,3]}', function (key, value, context) {
  wait();
  if (key === '0') this[1] = {};
  log.push(`${JSON.stringify(key)}=${typeof value === 'object' ? 0 : value}|${JSON.stringify(context)}`);
  return value;
});
flush();

log.push(
  JSON.stringify({ x: [{ toJSON: (key) => (wait(), `toJSON:${key}`) }, undefined], y: { z: 7 } }, (key, value) =>
    typeof value === 'number' ? String(value) : value,
  ),
);
flush();
JSON.stringify([0, { q: 1 }], function (key, value) {
  if (key === 'q') log.push('1.q');
  else if (key !== '') log.push(`${key}:`);
  return value;
});
flush();
const circle = {};
circle.a = [circle];
try {
  JSON.stringify(circle, (key, value) => value);
} catch (error) {
  log.push('circular', error.name);
}
flush();

const proxy = new Proxy(
  new Proxy({}, {}),
  new Proxy(
    {},
    {
      get:
        (target, trap) =>
        (...args) => (
          wait(), log.push(typeof args[1] === 'string' ? `${trap}:${args[1]}` : trap), Reflect[trap](...args)
        ),
    },
  ),
);
const target = new Proxy(Object.create(null), {
  get: (_, key, receiver) => Reflect.get(proxy, key, receiver),
  set: (_, key, value) => Reflect.set(proxy, key, value, {}),
});
Reflect.get(target, 'p');
Reflect.set(target, 'p', 1);
Reflect.has(proxy, 'p');
Reflect.deleteProperty(proxy, 'p');
Reflect.ownKeys(proxy);
Object.getOwnPropertyDescriptor(proxy, 'p');
Object.defineProperty(proxy, 'p', { value: 1, configurable: true });
Object.getPrototypeOf(proxy);
Object.setPrototypeOf(proxy, Object.prototype);
Object.isExtensible(proxy);
Object.preventExtensions(proxy);
flush();

log.push(String(Uint8Array.from(new Set([1, 2]))));
log.push('a.b.'.replaceAll('.', (match, position) => (wait(), `[${position - 1}]`)));
log.push(['ab'.replace('a', 'A').slice(0, 1), 'ab'.replace('b', () => 'B').slice(1), [...'axa'].indexOf('a'), 2].join());
flush();

const setLike = (values) => ({
  size: values.length,
  has: (x) => (wait(), values.includes(x)),
  *keys() {
    yield* values;
  },
});
const one = new Set([1, 2]);
log.push([one.isSubsetOf(setLike([1, 2, 3])), one.isDisjointFrom(setLike([2]))].join());
log.push([...one.union(setLike([3]))].join(), [...one.intersection(setLike([2, 3]))].join());
log.push([...one.symmetricDifference(setLike([2, 3]))].join());
flush();

log.push(Float64Array.from({ length: 2, 0: 1, 1: 2 }, (x) => (wait(), x * 2)).join());
log.push(new Int8Array(iterator('', [9, 8])).join());
flush();

const stack = new DisposableStack();
stack.adopt(1, (x) => {
  log.push(x);
  throw new Error('1');
});
stack.defer(() => {
  log.push('disposed', 2);
  throw new Error('2');
});
try {
  stack.dispose();
} catch (error) {
  log.push(error.name);
}
flush();

class P extends Promise {
  constructor(executor) {
    wait();
    super(executor);
  }
}
(async () => {
  log.push('all', (await P.all(iterator('', [1, 2]))).join());
  log.push('race', await P.race([1, 2]));
  log.push('any', await P.any([P.reject(1), 2]));
  log.push('settled', (await P.allSettled([1, P.reject(2)])).map(({ status }) => status).join());
  log.push('keyed', JSON.stringify(await P.allKeyed({ k: P.resolve(3) })));
  log.push('try', await P.try((x) => (wait(), x), 4));
  await P.reject(5)
    .finally(() => wait())
    .catch((x) => log.push('finally', x));
  flush();
})();
