// expect: 15206491
// scale: 700
// about: loops over properties found two and three links up a prototype chain

const base = { zero: 1, step: 3, mask: 0xfff, shift: 2 };
const middle = Object.create(base);
middle.offset = 7;
middle.factor = 5;

function Leaf(value) {
  this.value = value;
}
Leaf.prototype = Object.create(middle);
Leaf.prototype.limit = 1000;
Leaf.prototype.next = function () {
  return (this.value * this.factor + this.offset) & this.mask;
};

function unit() {
  const leaves = [new Leaf(1), new Leaf(2), new Leaf(3)];
  let sum = 0;
  for (let i = 0; i < 8000; i++) {
    const leaf = leaves[i % 3];
    leaf.value = leaf.next();
    sum += leaf.value + leaf.step + leaf.zero;
    if (leaf.value > leaf.limit) leaf.value >>= leaf.shift;
    if (leaf.missing !== undefined) sum++;
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
