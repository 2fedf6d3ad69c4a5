// expect: 28429
// scale: 200
// about: template literals with values of several types, and tagged templates

function tag(strings, ...values) {
  let length = 0;
  for (let i = 0; i < strings.length; i++) length += strings[i].length;
  return length + values.length;
}

function unit() {
  let sum = 0;
  const point = {
    x: 3,
    toString() {
      return `(${this.x})`;
    },
  };
  for (let i = 0; i < 250; i++) {
    const text = `row ${i}: ${i * 0.5} is ${i % 2 === 0} at ${point}, ${`<${i & 7}>`} ${null}`;
    sum += text.length + text.charCodeAt(i % text.length);
    sum += tag`a${i}b${sum}c`;
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
