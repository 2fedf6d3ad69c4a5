function Point(x, y) {
  this.x = x;
  this.y = y;
}
Point.prototype.sum = function () {
  return this.x + this.y;
};
var p = new Point(1, 2),
  list = [1, 2, 3],
  key = 'x';
p.z = 1;
p[key] = 5;
p[0] = 'zero';
p['0x'] = 1;
list[5] = 6;
list['length'];
p.x++;
--p[key];
p.y += 2;
p[key] **= 2;
p.q ??= 1;
p?.a?.b;
p.sum?.();
p?.[key];
null?.x;
delete p.z;
delete p[key];
delete list?.[0];
var { x, y: renamed = 3, ...others } = p,
  [first, , third = 9, ...rest] = list;
[p.x, p[key]] = [1, 2];
({ a: p.a, [key]: p.b } = { a: 1 });
function swap(o) {
  try {
    Object.freeze(o).x = 1;
  } catch (e) {
    return e.name;
  }
}
[p.sum(), renamed, others, first, third, rest, swap({ x: 0 }), 'abc'.length, 'abc'[1], (5).toFixed(1)];
