const log = [];
const resource = (name, fails) => ({
  [Symbol.dispose]() {
    log.push(name);
    if (fails) throw new Error(name);
  },
  async [Symbol.asyncDispose]() {
    log.push(`async ${name}`);
  },
});
function scoped(exit) {
  using a = resource('a'),
    b = resource('b'),
    none = null;
  if (exit) return log.length;
  {
    using c = resource('c');
    log.push(a);
  }
  return 'end';
}
function throwing() {
  using a = resource('a', true);
  using b = resource('b', true);
  throw new Error('body');
}
function looped() {
  for (using x of [resource('x'), resource('y')]) {
    if (log.length > 3) break;
  }
  for (using z = resource('z'); ; ) break;
}
async function waits() {
  await using a = resource('a');
  await using n = undefined;
  {
    using s = resource('s');
  }
  for (await using x of [resource('f')]);
  return 1;
}
async function* generates() {
  await using a = resource('g');
  yield 1;
}
scoped(true);
scoped(false);
looped();
try {
  throwing();
} catch (e) {
  log.push(e.name, e.error?.message);
}
try {
  using bad = { [Symbol.dispose]: 1 };
} catch (e) {
  log.push(e.name);
}
waits().then(() => log.push('waited'));
(async () => {
  for await (const x of generates()) break;
})();
log.length;
