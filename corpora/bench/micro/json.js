// expect: 11770713
// scale: 500
// about: JSON.stringify and JSON.parse of nested data, with a replacer and a reviver

const data = {
  title: 'inventory "A"\n',
  count: 12,
  ratio: 0.375,
  tags: ['new', 'old', 'späť', null, true],
  items: Array.from({ length: 12 }, (_, i) => ({
    id: i,
    name: `item ${i}`,
    price: i * 1.25,
    size: { width: i, height: i * 2 },
    flags: [i % 2 === 0, i % 3 === 0],
  })),
};

function unit() {
  const text = JSON.stringify(data);
  const copy = JSON.parse(text);
  copy.items.length = 4;
  const pretty = JSON.stringify(copy, (key, value) => (key === 'flags' ? undefined : value), 2);
  const again = JSON.parse(pretty, (key, value) => (key === 'price' ? value * 4 : value));
  return text.length * 10000 + pretty.length + again.items[3].price;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
