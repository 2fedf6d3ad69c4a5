// expect: 2276
// scale: 600
// about: await in loops, promises that race and gather, async generators, thrown rejections
// async

async function delayed(value) {
  await null;
  return value;
}

async function failing(value) {
  await null;
  throw value;
}

async function* source(count) {
  for (let i = 0; i < count; i++) yield delayed(i);
}

async function unit() {
  let sum = 0;
  for (let i = 0; i < 60; i++) sum += await delayed(i);
  for (let i = 0; i < 20; i++) {
    try {
      await failing(i);
    } catch (error) {
      sum += error;
    }
  }
  for await (const value of source(25)) sum += value;
  const all = await Promise.all([1, 2, 3, 4, 5].map((x) => delayed(x).then((y) => y * 2)));
  return sum + all.length + all[4] + (await Promise.race([delayed(1), delayed(2)]));
}

function run(n, done) {
  async function units() {
    let checksum = 0;
    for (let i = 0; i < n; i++) checksum = await unit();
    return checksum;
  }
  units().then(done);
}
