// expect: 240
// scale: 30
// about: errors thrown through several calls, caught and thrown again

class ParseError extends Error {
  constructor(message, at) {
    super(message);
    this.at = at;
  }
}

function fail(depth, at) {
  if (depth === 0) throw new ParseError('unexpected', at);
  return fail(depth - 1, at) + 1;
}

function rethrow(at) {
  try {
    return fail(at % 5, at);
  } catch (error) {
    if (at % 4 === 0) throw error;
    return error.at;
  }
}

function unit() {
  let sum = 0;
  for (let i = 0; i < 20; i++) {
    try {
      sum += rethrow(i);
    } catch (error) {
      sum += error instanceof ParseError ? error.message.length : 1000;
    }
    try {
      sum += null.missing;
    } catch (error) {
      if (error instanceof TypeError) sum += 2;
    }
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
