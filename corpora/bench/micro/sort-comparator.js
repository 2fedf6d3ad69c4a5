// expect: 6169426
// scale: 400
// about: Array.prototype.sort with comparators on numbers, strings and records

function unit() {
  const numbers = [];
  const records = [];
  let state = 12345;
  for (let i = 0; i < 200; i++) {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    numbers.push(state >> 8);
    records.push({ key: (state >> 12) & 31, name: 'n' + ((state >> 5) & 255), index: i });
  }
  numbers.sort((a, b) => a - b);
  records.sort((a, b) => a.key - b.key || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  let sum = 0;
  for (let i = 0; i < 200; i++) sum = (sum * 3 + (numbers[i] & 255) + records[i].index) & 0xffffff;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
