// expect: 412203
// scale: 200
// about: spread in calls, arrays and objects; rest parameters; arguments; apply

function total(...numbers) {
  let sum = 0;
  for (let i = 0; i < numbers.length; i++) sum += numbers[i];
  return sum;
}

function second(first, ...rest) {
  return rest.length > 0 ? rest[0] + first : first;
}

function viaArguments() {
  return arguments.length + arguments[0];
}

function unit() {
  let sum = 0;
  const few = [1, 2, 3];
  for (let i = 0; i < 400; i++) {
    const more = [i, ...few, i + 1];
    sum += total(...more) + total(i, ...few);
    sum += second(i, 2, 3) + viaArguments(...few) + Math.max(...more);
    const record = { a: i, ...{ b: 2, c: 3 }, d: 4 };
    const copy = { ...record, a: 1 };
    sum += copy.a + copy.b + copy.d + total.apply(null, few);
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
