// expect: 8000674
// scale: 400
// about: plain functions that call plain functions, recursion included

function add(a, b) {
  return a + b;
}

function twice(a) {
  return add(a, a) - add(a, 0);
}

function fibonacci(n) {
  return n < 2 ? n : fibonacci(n - 1) + fibonacci(n - 2);
}

function isEven(n) {
  return n === 0 ? true : isOdd(n - 1);
}

function isOdd(n) {
  return n === 0 ? false : isEven(n - 1);
}

function unit() {
  let sum = fibonacci(18);
  for (let i = 0; i < 4000; i++) sum = add(sum, twice(i)) & 0xffffff;
  for (let i = 0; i < 60; i++) sum += isEven(i * 3) ? 1 : 2;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
