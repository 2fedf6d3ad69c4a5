// script: ramda/dist/ramda.js
// Ramda: currying, composition, transducers, lenses and the list functions.
const show = (value) => print(R.toString(value));
const people = R.map(([name, age, city]) => ({ name, age, city }), [
  ['ann', 31, 'Rome'], ['bob', 25, 'Oslo'], ['cy', 40, 'Rome'], ['di', 25, 'Bonn'],
]);
show(R.groupBy(R.prop('city'), people));
show(R.sortWith([R.ascend(R.prop('age')), R.descend(R.prop('name'))], people));
show(R.pipe(R.filter(R.propSatisfies(R.gt(R.__, 26), 'age')), R.pluck('name'), R.join('+'))(people));
show(R.transduce(R.compose(R.map(R.multiply(3)), R.filter((x) => x % 2 === 0), R.take(4)), R.flip(R.append), [], R.range(0, 100)));
const lens = R.lensPath(['a', 0, 'b']);
show([R.view(lens, { a: [{ b: 2 }] }), R.over(lens, R.inc, { a: [{ b: 2 }] }), R.set(lens, 9, {})]);
show(R.converge(R.divide, [R.sum, R.length])([1, 2, 3, 4]));
show(R.zipObj(['x', 'y'], R.splitEvery(2, [1, 2, 3, 4, 5])));
show(R.evolve({ n: R.negate, s: R.toUpper }, { n: 4, s: 'up', keep: null }));
show(R.uniqBy(Math.abs, [-1, -5, 2, 10, 1, 2]));
show(R.curry((a, b, c) => [a, b, c])(R.__, 2)(1)(3));
show(R.unfold((n) => (n > 50 ? false : [-n, n + 10]), 10));
show(R.mergeDeepWith(R.concat, { a: { v: [1] }, b: 2 }, { a: { v: [2] }, c: [3] }));
show(R.equals(new Map([[1, [2]]]), new Map([[1, [2]]])));
show([R.cond([[R.equals(0), R.always('zero')], [R.T, (n) => `n${n}`]])(7), R.tryCatch(JSON.parse, R.F)('{')]);
show(R.xprod([1, 2], ['a', 'b']));
show(R.countBy(R.toLower, [...'AbBa']));
show(R.memoizeWith(String, (n) => n * 2)(21));
show([R.path(['a', -1], { a: [1, 2] }), R.invertObj({ a: 'x' }), R.symmetricDifference([1, 2], [2, 3])]);
