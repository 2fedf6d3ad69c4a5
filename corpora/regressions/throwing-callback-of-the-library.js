// Differed in its output: a callback that is a function of the library and throws did not close the iterator in the VM.
//   tree-walker: closed
//   bytecode-vm: (nothing)
// Replay: npm run differential -- corpora/regressions/throwing-callback-of-the-library.js
// expect: closed groupBy TypeError
// expect: closed map TypeError
// expect: closed flatMap TypeError
// expect: closed zip TypeError
// expect: closed all TypeError
// expect: rejected TypeError

const throwing = Symbol.prototype.valueOf;
let name;
const iterable = {
  [Symbol.iterator]: () => ({
    __proto__: Iterator.prototype,
    next: () => ({ value: {} }),
    return() {
      console.log('closed', name, 'TypeError');
      return {};
    },
  }),
};
function attempt(what, f) {
  name = what;
  try {
    f();
    console.log('no error');
  } catch (error) {
    if (error.name !== 'TypeError') console.log(error.name);
  }
}
attempt('groupBy', () => Map.groupBy(iterable, throwing));
attempt('map', () => iterable[Symbol.iterator]().map(throwing).next());
attempt('flatMap', () => iterable[Symbol.iterator]().flatMap(throwing).next());
attempt('zip', () => Iterator.zip([iterable, { next: throwing }]).next());
attempt('all', () => {
  class P extends Promise {}
  P.resolve = throwing;
  P.all(iterable).catch((error) => console.log('rejected', error.name));
  throw new TypeError();
});
