// expect: 750
// scale: 200
// about: a value thrown and caught in the same function
// operation: 500 throw caught in the same function

function unit() {
  let sum = 0;
  for (let i = 0; i < 500; i++) {
    try {
      throw i;
    } catch (error) {
      sum += error & 3;
    }
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
