// expect: 5257602
// scale: 200
// about: arrays as stacks and queues: push, pop, shift, unshift, splice

function unit() {
  const stack = [];
  let sum = 0;
  for (let i = 0; i < 6000; i++) {
    stack.push(i);
    if (i % 3 === 2) sum += stack.pop() + stack.length;
  }
  while (stack.length > 100) sum = (sum + stack.pop()) & 0xffffff;
  const queue = [];
  for (let i = 0; i < 400; i++) {
    queue.push(i, i + 1);
    sum += queue.shift();
    if (i % 20 === 0) queue.unshift(i);
    if (i % 25 === 24) sum += queue.splice(3, 2, i).length;
  }
  return sum + queue.length;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
