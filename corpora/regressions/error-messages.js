// Differed in its output: messages of the tree-walker named callees with their parentheses, private names as if they were objects,
// and keys that are objects as 'object'.
// Found by: npm run differential -- --generate 3000 --seed 1 (23, 100, 2915)
// Replay: npm run differential -- corpora/regressions/error-messages.js
// expect: 0, 1 is not a function
// expect: o.a is not a function
// expect: Cannot read properties of undefined (reading '#p')
// expect: Cannot set properties of undefined (setting '#p')
// expect: Cannot read properties of undefined
// expect: Cannot read properties of undefined
// expect: Cannot read properties of null (reading 'x')
// expect: Cannot set properties of null
// expect: Cannot set properties of undefined (setting 'Symbol(s)')

const o = { a: 1 };
class C {
  #p = 1;
  static read = (v) => v.#p;
  static write = (v) => (v.#p = 1);
}
for (const f of [
  () => (0, 1)(),
  () => (o.a)(),
  () => C.read(undefined),
  () => C.write(undefined),
  () => o.c[[]],
  () => o.c[[]]?.(),
  () => null['x'](),
  () => (null[{}] = 1),
  () => (o.c[Symbol('s')] = 1),
]) {
  try {
    f();
  } catch (e) {
    console.log(e.message);
  }
}
