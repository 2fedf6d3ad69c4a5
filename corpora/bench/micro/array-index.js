// expect: 13594
// scale: 200
// about: index loops over arrays of integers and of arrays

function sieve(limit) {
  const isComposite = [];
  for (let i = 0; i <= limit; i++) isComposite[i] = false;
  let count = 0;
  for (let i = 2; i <= limit; i++) {
    if (isComposite[i]) continue;
    count++;
    for (let k = i * i; k <= limit; k += i) isComposite[k] = true;
  }
  return count;
}

function multiply(a, b, size) {
  const c = [];
  for (let i = 0; i < size; i++) {
    const row = [];
    for (let j = 0; j < size; j++) {
      let sum = 0;
      for (let k = 0; k < size; k++) sum += a[i][k] * b[k][j];
      row[j] = sum % 101;
    }
    c[i] = row;
  }
  return c;
}

function unit() {
  const size = 16;
  let a = [];
  for (let i = 0; i < size; i++) {
    a[i] = [];
    for (let j = 0; j < size; j++) a[i][j] = (i * 3 + j * 5) % 17;
  }
  a = multiply(a, a, size);
  let sum = sieve(6000);
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) sum += a[i][j];
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
