// script: immutable/dist/immutable.js
// Persistent maps, lists, sets, records and lazy sequences over some thousand values.
const { fromJS, is, List, Map: IMap, OrderedMap, Range, Record, Seq, Set: ISet, Stack } = Immutable;
let map = IMap();
for (let i = 0; i < 3000; i++) map = map.set(`key${(i * 7919) % 3001}`, i);
print(map.size, map.get('key5'));
print(map.reduce((sum, v) => sum + v, 0));
print(map.filter((v) => v % 500 === 0).toOrderedMap().sortBy((v) => v).toJS().key1 ?? 'none');
let list = List(Range(0, 2000));
list = list.splice(10, 1500).push('end').unshift('start').set(5, 'five');
print(list.toString());
print(list.hashCode(), is(list, List(list)), list.equals(list.pop()));
const nested = fromJS({ a: { b: [1, 2, { c: 3 }] }, d: [] });
const changed = nested.setIn(['a', 'b', 2, 'c'], 4).updateIn(['d'], (d) => d.push(nested));
print(JSON.stringify(changed), nested.getIn(['a', 'b', 2, 'c']));
print(JSON.stringify(nested.mergeDeep({ a: { e: 1, b: [9] } })));
const Point = Record({ x: 0, y: 0 }, 'Point');
print(String(new Point({ x: 3 }).set('y', 4)), new Point().equals(new Point()));
const sets = [ISet([1, 2, 3]), ISet([2, 3, 4])];
print(String(sets[0].union(sets[1]).toList().sort()), String(sets[0].intersect(sets[1])));
print(String(Seq([5, 3, 8, 1]).map((x) => x * x).filter((x) => x > 5).sortBy((x) => -x).take(2)));
print(String(OrderedMap([['z', 1], ['a', 2]]).mapKeys((k) => k.toUpperCase()).flip()));
print(String(Stack.of('a', 'b').push('c')), String(Range(0, Infinity, 3).skip(2).take(4)));
print(String(List(['ab', 'cd', 'a']).groupBy((s) => s.length).map((g) => g.join('+'))));
