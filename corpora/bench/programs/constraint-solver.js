// expect: queens 160 153 55 534678912672195348 O7N8U0G9T2H1 0 8
// scale: 30
// about: a finite-domain constraint solver: bit-set domains, propagation, search with a trail

// A domain is a set of small integers as the bits of a number: value v is in it when bit v is set.

function bitCount(bits) {
  let count = 0;
  for (let rest = bits; rest !== 0; rest &= rest - 1) count++;
  return count;
}

function lowestValue(bits) {
  return 31 - Math.clz32(bits & -bits);
}

function highestValue(bits) {
  return 31 - Math.clz32(bits);
}

function rangeDomain(low, high) {
  let bits = 0;
  for (let value = low; value <= high; value++) bits |= 1 << value;
  return bits;
}

/** Thrown by propagation when a domain becomes empty. */
class Contradiction {
  constructor(variable) {
    this.variable = variable;
  }
}

class Variable {
  constructor(solver, name, domain) {
    this.solver = solver;
    this.name = name;
    this.domain = domain;
    this.constraints = [];
    this.failures = 0;
  }

  get isFixed() {
    return (this.domain & (this.domain - 1)) === 0;
  }

  get value() {
    return lowestValue(this.domain);
  }

  get size() {
    return bitCount(this.domain);
  }

  /** Keeps the values that are in `bits`. */
  restrictTo(bits) {
    const left = this.domain & bits;
    if (left === this.domain) return;
    this.solver.remember(this);
    this.domain = left;
    if (left === 0) throw new Contradiction(this);
    this.solver.wake(this);
  }

  remove(value) {
    this.restrictTo(~(1 << value));
  }

  fix(value) {
    this.restrictTo(1 << value);
  }
}

class Constraint {
  constructor(variables) {
    this.variables = variables;
    this.isQueued = false;
    for (const variable of variables) variable.constraints.push(this);
  }

  propagate() {
    throw new Error('a constraint says what it propagates');
  }
}

class AllDifferent extends Constraint {
  propagate() {
    const { variables } = this;
    for (let i = 0; i < variables.length; i++) {
      if (!variables[i].isFixed) continue;
      const { value } = variables[i];
      for (let j = 0; j < variables.length; j++) if (j !== i) variables[j].remove(value);
    }
    this.findHiddenSingles();
  }

  /** When there are as many values as variables, a value with one place left goes there. */
  findHiddenSingles() {
    const { variables } = this;
    let once = 0;
    let twice = 0;
    for (let i = 0; i < variables.length; i++) {
      twice |= once & variables[i].domain;
      once |= variables[i].domain;
    }
    if (bitCount(once) !== variables.length) return;
    let single = once & ~twice;
    while (single !== 0) {
      const value = lowestValue(single);
      single &= single - 1;
      const place = variables.find(({ domain }) => (domain >> value) & 1);
      // Two values had the same last place.
      if (place === undefined) throw new Contradiction(variables[0]);
      if (!place.isFixed) place.fix(value);
    }
  }
}

/** left + offset !== right */
class NotOffset extends Constraint {
  constructor(left, right, offset) {
    super([left, right]);
    this.left = left;
    this.right = right;
    this.offset = offset;
  }

  propagate() {
    const { left, right, offset } = this;
    if (left.isFixed && left.value + offset >= 0) right.remove(left.value + offset);
    if (right.isFixed && right.value - offset >= 0) left.remove(right.value - offset);
  }
}

/** The sum of factor times variable is the target: bounds are propagated. */
class LinearSum extends Constraint {
  constructor(terms, target) {
    super(terms.map(({ variable }) => variable));
    this.terms = terms;
    this.target = target;
  }

  propagate() {
    let low = 0;
    let high = 0;
    for (const { variable, factor } of this.terms) {
      const ends = [factor * lowestValue(variable.domain), factor * highestValue(variable.domain)];
      low += Math.min(...ends);
      high += Math.max(...ends);
    }
    for (const { variable, factor } of this.terms) {
      const first = factor * lowestValue(variable.domain);
      const last = factor * highestValue(variable.domain);
      const othersLow = low - Math.min(first, last);
      const othersHigh = high - Math.max(first, last);
      let allowed = 0;
      for (let rest = variable.domain; rest !== 0; rest &= rest - 1) {
        const value = lowestValue(rest);
        const share = factor * value;
        if (share + othersLow <= this.target && share + othersHigh >= this.target) allowed |= 1 << value;
      }
      variable.restrictTo(allowed);
    }
  }
}

class Solver {
  constructor() {
    this.variables = [];
    this.constraints = [];
    this.trail = [];
    this.queue = [];
    this.stats = { nodes: 0, failures: 0, propagations: 0 };
  }

  variable(name, low, high) {
    const variable = new Variable(this, name, rangeDomain(low, high));
    this.variables.push(variable);
    return variable;
  }

  add(constraint) {
    this.constraints.push(constraint);
    this.enqueue(constraint);
    return constraint;
  }

  remember(variable) {
    this.trail.push({ variable, domain: variable.domain });
  }

  undoTo(mark) {
    while (this.trail.length > mark) {
      const { variable, domain } = this.trail.pop();
      variable.domain = domain;
    }
  }

  wake({ constraints }) {
    for (let i = 0; i < constraints.length; i++) this.enqueue(constraints[i]);
  }

  enqueue(constraint) {
    if (constraint.isQueued) return;
    constraint.isQueued = true;
    this.queue.push(constraint);
  }

  /** True when no domain became empty. */
  propagate() {
    try {
      for (let i = 0; i < this.queue.length; i++) {
        const constraint = this.queue[i];
        constraint.isQueued = false;
        this.stats.propagations++;
        constraint.propagate();
      }
      return true;
    } catch (error) {
      if (!(error instanceof Contradiction)) throw error;
      error.variable.failures++;
      this.stats.failures++;
      return false;
    } finally {
      for (const constraint of this.queue) constraint.isQueued = false;
      this.queue = [];
    }
  }

  /** The open variable with the fewest values; of those the one that failed most. */
  choose() {
    let best = null;
    let bestSize = Infinity;
    for (const variable of this.variables) {
      if (variable.isFixed) continue;
      const { size } = variable;
      if (size < bestSize || (size === bestSize && variable.failures > best.failures)) {
        best = variable;
        bestSize = size;
      }
    }
    return best;
  }

  /** Gives every solution in turn; the variables hold it while the caller looks. */
  *solutions() {
    if (!this.propagate()) return;
    const variable = this.choose();
    if (variable === null) {
      yield this.variables.map(({ value }) => value);
      return;
    }
    const mark = this.trail.length;
    for (let rest = variable.domain; rest !== 0; rest &= rest - 1) {
      this.stats.nodes++;
      const value = lowestValue(rest);
      variable.fix(value);
      yield* this.solutions();
      this.undoTo(mark);
    }
  }
}

// ---- Problems

function queens(size) {
  const solver = new Solver();
  const rows = Array.from({ length: size }, (_, i) => solver.variable(`row ${i}`, 0, size - 1));
  solver.add(new AllDifferent(rows));
  for (let i = 0; i < size; i++)
    for (let j = i + 1; j < size; j++)
      for (const offset of [j - i, i - j]) solver.add(new NotOffset(rows[i], rows[j], offset));
  return solver;
}

const puzzle = '53..7....6..195....98....6.8...6...34..8.3..17...2...6.6....28....419..5....8..79';

function sudoku(text) {
  const solver = new Solver();
  const cells = [...text].map((_, i) => solver.variable(`cell ${i}`, 1, 9));
  const groups = [];
  for (let i = 0; i < 9; i++) {
    groups.push(cells.filter((_, at) => Math.floor(at / 9) === i));
    groups.push(cells.filter((_, at) => at % 9 === i));
    groups.push(cells.filter((_, at) => Math.floor(at / 27) * 3 + Math.floor((at % 9) / 3) === i));
  }
  for (const group of groups) solver.add(new AllDifferent(group));
  [...text].forEach((digit, at) => {
    if (digit !== '.') cells[at].fix(Number(digit));
  });
  return solver;
}

/** Letters stand for digits: the sum of the first words is the last. */
function wordSum(addends, total) {
  const solver = new Solver();
  const letters = new Map();
  const factors = new Map();
  const count = (word, sign) => {
    [...word].reverse().forEach((letter, place) => {
      if (!letters.has(letter)) letters.set(letter, solver.variable(letter, 0, 9));
      factors.set(letter, (factors.get(letter) ?? 0) + sign * 10 ** place);
    });
    letters.get(word[0]).remove(0);
  };
  for (const word of addends) count(word, 1);
  count(total, -1);
  solver.add(new AllDifferent([...letters.values()]));
  const terms = [...factors].map(([letter, factor]) => ({ variable: letters.get(letter), factor }));
  solver.add(new LinearSum(terms, 0));
  return solver;
}

function unit() {
  const parts = [];
  const board = queens(7);
  let count = 0;
  for (const rows of board.solutions()) count += rows[0] + 1;
  parts.push(`queens ${count} ${board.stats.nodes} ${board.stats.failures}`);
  const grid = sudoku(puzzle);
  for (const cells of grid.solutions()) parts.push(cells.slice(0, 18).join(''));
  const sum = wordSum(['NO', 'GUN', 'NO'], 'HUNT');
  for (const digits of sum.solutions())
    parts.push(sum.variables.map(({ name }, i) => name + digits[i]).join(''));
  parts.push(`${sum.stats.nodes} ${sum.stats.propagations}`);
  return parts.join(' ');
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
