// expect: 11122054
// scale: 200
// about: making closures, calling them, sharing captured variables, a binding per iteration

function makeCounter(step) {
  let count = 0;
  return {
    next: () => {
      count += step;
      return count;
    },
    reset() {
      count = 0;
    },
  };
}

function compose(f, g) {
  return (x) => f(g(x));
}

function unit() {
  let sum = 0;
  const counter = makeCounter(3);
  for (let i = 0; i < 10000; i++) {
    sum += counter.next();
    if (i % 50 === 49) counter.reset();
  }
  let f = (x) => x + 1;
  for (let i = 0; i < 20; i++) f = compose(f, (x) => (x * 3 + i) & 1023);
  for (let i = 0; i < 100; i++) sum += f(i);
  const later = [];
  const base = sum;
  for (let i = 0; i < 1000; i++) later.push(() => i ^ base);
  for (let i = 0; i < 1000; i++) sum = (sum + later[i]()) & 0xffffff;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
