const out = [];
async function wait(x) {
  try {
    const v = await x;
    out.push(v);
    return v;
  } catch (e) {
    out.push('caught');
    throw e;
  } finally {
    await null;
  }
}
async function* agen(n) {
  try {
    for (let i = 0; i < n; i++) out.push(yield i);
    return await 'r';
  } finally {
    await 0;
    out.push('done');
  }
}
async function* outer() {
  yield* agen(2);
  yield* [5];
  return 6;
}
const arrow = async (a, ...b) => {
  for await (const x of agen(3)) {
    if (x === 1) break;
    out.push(x, a, b.length);
  }
};
(async () => {
  await wait(1);
  await wait(Promise.reject(new Error('no'))).catch(() => {});
  await arrow(1, 2, 3);
  for await (const x of [Promise.resolve(1), 2]) out.push(x);
  const it = outer();
  out.push(await it.next(), await it.return('x'));
  const other = agen(1);
  await other.next();
  await other.throw(new Error('t')).catch((e) => out.push(e.message));
  try {
    for await (const x of agen(2)) throw x;
  } catch (e) {
    out.push(e);
  }
  const o = {
    async m() {
      return this;
    },
    async *g() {
      yield super.toString;
    },
  };
  out.push(await o.m(), (await o.g().next()).done);
  await Promise.all([1, wait(2)]);
  for await (const x of outer()) {
    for await (const y of [x]);
  }
})().then(
  () => out.push('end'),
  (e) => out.push(e),
);
new Promise((resolve, reject) => setTimeout).catch(() => 0);
