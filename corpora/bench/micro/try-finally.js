// expect: 18339253
// scale: 600
// about: try and finally without a throw, with break, continue and return through finally

let open = 0;

function guarded(i) {
  open++;
  try {
    if (i % 3 === 0) return i;
    return i + 1;
  } finally {
    open--;
  }
}

function firstMultiple(from, of) {
  let tries = 0;
  for (let i = from; ; i++) {
    try {
      if (i % of !== 0) continue;
      break;
    } finally {
      tries++;
    }
  }
  return tries;
}

function unit() {
  open = 0;
  let sum = 0;
  for (let i = 0; i < 6000; i++) {
    sum += guarded(i);
    if (i % 10 === 0) sum += firstMultiple(i, 7);
    try {
      sum ^= i;
    } catch {
      sum = 0;
    }
  }
  return sum + open;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
