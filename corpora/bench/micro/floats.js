// expect: 14319
// scale: 400
// about: floating-point arithmetic on local variables and on object fields

function escapeTime(cx, cy, limit) {
  let x = 0;
  let y = 0;
  for (let i = 0; i < limit; i++) {
    const xx = x * x;
    const yy = y * y;
    if (xx + yy > 4) return i;
    y = 2 * x * y + cy;
    x = xx - yy + cx;
  }
  return limit;
}

function attract(bodies, dt) {
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i];
    for (let j = i + 1; j < bodies.length; j++) {
      const b = bodies[j];
      const dx = a.x - b.x;
      const dy = a.y - b.y;
      const square = dx * dx + dy * dy + 0.01;
      const pull = dt / (square * Math.sqrt(square));
      a.vx -= dx * b.mass * pull;
      a.vy -= dy * b.mass * pull;
      b.vx += dx * a.mass * pull;
      b.vy += dy * a.mass * pull;
    }
  }
  for (let i = 0; i < bodies.length; i++) {
    const a = bodies[i];
    a.x += dt * a.vx;
    a.y += dt * a.vy;
  }
}

function unit() {
  let sum = 0;
  for (let i = 0; i < 24; i++) for (let j = 0; j < 24; j++) sum += escapeTime(i / 10 - 1.9, j / 12 - 1, 40);
  const bodies = [
    { x: 0.5, y: 0.25, vx: 0.125, vy: 0.5, mass: 10.5 },
    { x: 5.5, y: 1.5, vx: 0.25, vy: 1.25, mass: 1.25 },
    { x: -3.5, y: 2.75, vx: -0.75, vy: -1.5, mass: 0.75 },
    { x: 1.5, y: -6.25, vx: 1.125, vy: 0.25, mass: 0.5 },
  ];
  for (let i = 0; i < 150; i++) attract(bodies, 0.01);
  for (let i = 0; i < bodies.length; i++)
    sum += Math.floor(bodies[i].x * 1000) + Math.floor(bodies[i].y * 1000);
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
