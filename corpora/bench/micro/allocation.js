// expect: 17060
// scale: 300
// about: many small objects: binary trees that die young, and a list that lives a while

function tree(depth) {
  return depth === 0 ? { left: null, right: null } : { left: tree(depth - 1), right: tree(depth - 1) };
}

function count(node) {
  return node.left === null ? 1 : 1 + count(node.left) + count(node.right);
}

function unit() {
  let sum = 0;
  for (let i = 0; i < 12; i++) sum += count(tree(7));
  let list = null;
  for (let i = 0; i < 4000; i++) list = { head: i, tail: list };
  for (; list !== null; list = list.tail) sum += list.head & 7;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
