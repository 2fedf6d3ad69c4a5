function find(n) {
  outer: for (let i = 0; i < n; i++) {
    for (var j = 0; ; j++) {
      if (j > i) continue outer;
      if (i * j === 6) break outer;
      if (i > 100) return null;
    }
  }
  return [j];
}
function choose(x) {
  switch (x) {
    case 1:
      let y = () => y;
      return y;
    case 'two':
      return 2;
    default:
      x = 0;
    case 3:
      x += 10;
      break;
  }
  return x;
}
function guarded(f) {
  let log = '';
  try {
    try {
      f();
      log += 'a';
    } finally {
      log += 'b';
    }
    return log;
  } catch ({ message = 'none' }) {
    log += message;
  } finally {
    log += 'c';
    if (log.length > 100) return 'long';
  }
  return log;
}
function loops() {
  let i = 0,
    k = 0;
  do {
    i++;
    if (i === 2) continue;
    k += i;
  } while (i < 5);
  while (true) {
    if (--i < 0) break;
    if (i === 3) continue;
    k++;
  }
  for (const x of [1, 2, , 4]) {
    if (x === 2) continue;
    if (x === 4) break;
    k += x ?? 1;
  }
  for (const x in { a: 1, b: 2 }) k += x;
  return k;
}
[
  find(9),
  choose(1)(),
  choose('two'),
  choose(3),
  choose(9),
  guarded(() => {}),
  guarded(() => {
    throw new Error('e');
  }),
  loops(),
];
