// script: lodash/lodash.js
// More than fifty calls of lodash on data of many kinds.
const show = (label, value) =>
  print(
    `${label}: ${JSON.stringify(value, (key, v) => {
      if (v instanceof Map) return { map: [...v] };
      if (v instanceof Set) return { set: [...v] };
      if (typeof v === 'function') return `function ${v.name}`;
      if (typeof v === 'number' && !Number.isFinite(v)) return String(v);
      return v === undefined ? 'undefined' : v;
    })}`,
  );
const users = [
  { user: 'barney', age: 36, active: true, tags: ['a', 'b'], address: { city: 'Bedrock', zip: [1, 2] } },
  { user: 'fred', age: 40, active: false, tags: ['b', 'c'], address: { city: 'Slate', zip: [3] } },
  { user: 'pebbles', age: 1, active: true, tags: [], address: { city: 'Bedrock', zip: [] } },
];
show('chunk', _.chunk(['a', 'b', 'c', 'd', 'e'], 2));
show('compact', _.compact([0, 1, false, 2, '', 3, null, Number.NaN]));
show('difference', _.difference([2, 1, 3], [2, 3]));
show('differenceBy', _.differenceBy([2.1, 1.2], [2.3, 3.4], Math.floor));
show('dropRightWhile', _.dropRightWhile(users, (o) => o.active));
show('fill', _.fill([4, 6, 8, 10], '*', 1, 3));
show('findIndex', _.findIndex(users, { age: 40 }));
show('flattenDeep', _.flattenDeep([1, [2, [3, [4]], 5]]));
show('fromPairs', _.fromPairs([['a', 1], ['b', 2]]));
show('intersectionBy', _.intersectionBy([{ x: 1 }, { x: 2 }], [{ x: 1 }], 'x'));
show('pullAllBy', _.pullAllBy([{ x: 1 }, { x: 2 }, { x: 3 }], [{ x: 1 }, { x: 3 }], 'x'));
show('sortedUniq', _.sortedUniq([1, 1, 2, 3, 3]));
show('unionWith', _.unionWith([{ x: 1, y: 2 }], [{ x: 1, y: 2 }, { x: 2 }], _.isEqual));
show('xor', _.xor([2, 1], [2, 3]));
show('zipObjectDeep', _.zipObjectDeep(['a.b[0].c', 'a.b[1].d'], [1, 2]));
show('countBy', _.countBy([6.1, 4.2, 6.3], Math.floor));
show('groupBy', _.groupBy(users, 'address.city'));
show('keyBy', _.keyBy(users, 'user'));
show('orderBy', _.orderBy(users, ['active', 'age'], ['desc', 'asc']));
show('partition', _.partition(users, 'active'));
show('reduceRight', _.reduceRight([[0, 1], [2, 3], [4, 5]], (flat, other) => flat.concat(other), []));
show('sortBy', _.sortBy(users, [(o) => o.user.length, 'age']));
show('sampleSize', _.sampleSize([1], 1));
show('invokeMap', _.invokeMap([[5, 1, 7], [3, 2, 1]], 'sort'));
const calls = [];
const memoized = _.memoize((n) => (calls.push(n), n * n));
show('memoize', [memoized(4), memoized(4), calls]);
show('curry', _.curry((a, b, c) => [a, b, c])(1)(2)(3));
show('flow', _.flow([_.add, (n) => n * n])(1, 2));
show('once', (() => { let n = 0; const f = _.once(() => ++n); f(); return [f(), n]; })());
show('partialRight', _.partialRight((a, b) => `${a} ${b}`, 'fred')('hi'));
show('negate', _.filter([1, 2, 3, 4], _.negate((n) => n % 2 === 0)));
const deep = { a: [{ b: { c: 3 } }], d: new Date(0), r: /x/gi, m: new Map([[1, { z: 1 }]]), s: new Set([1, 2]) };
const copy = _.cloneDeep(deep);
show('cloneDeep', [copy, copy !== deep, copy.m.get(1) !== deep.m.get(1), String(copy.r), copy.d.toISOString()]);
show('isEqual', [_.isEqual(copy, deep), _.isEqual([1, [2]], [1, [3]]), _.isEqual(Number.NaN, Number.NaN)]);
show('isPlainObject', [_.isPlainObject({}), _.isPlainObject(Object.create(null)), _.isPlainObject([])]);
show('toArray', [_.toArray('abc'), _.toArray({ a: 1 }), _.toArray(new Set([1]))]);
show('toNumber', [_.toNumber('3.2'), _.toNumber('0b101'), _.toNumber('  7 ')]);
show('conformsTo', _.conformsTo({ a: 1, b: 2 }, { b: (n) => n > 1 }));
show('clamp', [_.clamp(-10, -5, 5), _.clamp(10, 5)]);
show('inRange', [_.inRange(3, 2, 4), _.inRange(-3, -2, -6)]);
show('maxBy', _.maxBy(users, 'age').user);
show('meanBy', _.meanBy(users, 'age'));
show('round', [_.round(4.006, 2), _.round(4060, -2), _.ceil(6.004, 2), _.floor(0.046, 2)]);
show('assignWith', _.assignWith({ a: 1 }, { b: 2 }, { a: 3 }, (o, s) => (o === undefined ? s : o)));
show('at', _.at(users, ['[0].address.zip[1]', '[1].user']));
show('defaultsDeep', _.defaultsDeep({ a: { b: 2 } }, { a: { b: 1, c: 3 } }));
show('findKey', _.findKey({ x: { n: 1 }, y: { n: 2 } }, ['n', 2]));
show('get', [_.get(users[0], 'address.zip[0]'), _.get(users[0], 'nope.nope', 'default')]);
show('invert', _.invert({ a: 1, b: 2, c: 1 }));
show('mapKeys', _.mapKeys({ a: 1, b: 2 }, (v, k) => k + v));
show('merge', _.merge({ a: [{ b: 2 }, { d: 4 }] }, { a: [{ c: 3 }, { e: 5 }] }));
show('omitBy', _.omitBy({ a: 1, b: '2', c: 3 }, _.isNumber));
show('pick', _.pick(users[0], ['user', 'address.city']));
show('set', _.set({}, ['x', '0', 'y', 'z'], 5));
show('transform', _.transform([2, 3, 4], (result, n) => { result.push(n * n); return n % 2 === 0; }, []));
show('update', _.update({ a: [{ b: { c: 3 } }] }, 'a[0].b.c', (n) => n * n));
show('camelCase', [_.camelCase('--foo-bar--'), _.kebabCase('fooBar'), _.snakeCase('Foo Bar'), _.startCase('__FOO_BAR__')]);
show('deburr', _.deburr('déjà vu'));
show('escape', [_.escape('fred & <b>'), _.unescape('&lt;p&gt;')]);
show('pad', [_.pad('abc', 8, '_-'), _.padStart('7', 3, '0')]);
show('template', _.template('hello <%= user %>! <% _.forEach(tags, function(t) { %><<%- t %>><% }); %>')({ user: 'fred', tags: ['a', '&'] }));
show('truncate', _.truncate('hi-diddly-ho there, neighborino', { length: 24, separator: /,? +/ }));
show('words', [_.words('fred, barney, & pebbles'), _.words('camelCaseXMLHttp 2nd')]);
show('range', [_.range(4), _.range(0, -4, -1), _.rangeRight(1, 5)]);
show('times', _.times(3, String));
show('uniqueId', [_.uniqueId('c_'), _.uniqueId('c_')]);
show('toPath', _.toPath('a[0].b["c"]'));
show('chain', _(users).filter('active').map('tags').flatten().uniq().sort().reverse().value());
show('lazy', _(_.range(200)).map((n) => n * 2).filter((n) => n % 3 === 0).take(4).value());
show('attempt', _.isError(_.attempt(() => { throw new TypeError('no'); })));
show('cond', _.cond([[_.matches({ a: 1 }), _.constant('A')], [_.stubTrue, _.constant('other')]])({ a: 1 }));
show('overEvery', _.overEvery([Boolean, Number.isFinite])(7));
