// expect: fib 34|primes 17 59|chain 6,10,14|count 300 true 1|text abababababab|3 true false 6583 1:24 1:27 1:28 1:31 3:24 1:24
// scale: 50
// about: a tokenizer, a precedence parser and an evaluator with scopes for a small language

const keywords = new Set([
  'let',
  'fn',
  'if',
  'else',
  'while',
  'return',
  'true',
  'false',
  'nil',
  'and',
  'or',
  'not',
]);
const operators = ['==', '!=', '<=', '>=', '->', '..', '+', '-', '*', '/', '%', '<', '>', '=', '(', ')'];
operators.push('{', '}', '[', ']', ',', ';', ':', '.');

class LanguageError extends Error {
  constructor(message, line) {
    super(`${message} in line ${line}`);
    this.name = 'LanguageError';
    this.line = line;
  }
}

// ---- Tokens: { type, text, line }

function isDigit(c) {
  return c >= '0' && c <= '9';
}

function isLetter(c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_';
}

function tokenize(source) {
  const tokens = [];
  let at = 0;
  let line = 1;
  const add = (type, text) => {
    tokens.push({ type, text, line });
  };
  while (at < source.length) {
    const c = source[at];
    if (c === '\n') line++;
    if (c === ' ' || c === '\n' || c === '\t') {
      at++;
      continue;
    }
    if (c === '#') {
      while (at < source.length && source[at] !== '\n') at++;
      continue;
    }
    const start = at;
    if (isDigit(c)) {
      while (isDigit(source[at])) at++;
      if (source[at] === '.' && isDigit(source[at + 1])) {
        at++;
        while (isDigit(source[at])) at++;
      }
      add('number', source.slice(start, at));
    } else if (isLetter(c)) {
      while (at < source.length && (isLetter(source[at]) || isDigit(source[at]))) at++;
      const text = source.slice(start, at);
      add(keywords.has(text) ? text : 'name', text);
    } else if (c === '"') {
      let text = '';
      at++;
      while (source[at] !== '"') {
        if (at >= source.length) throw new LanguageError('string without end', line);
        if (source[at] === '\\') {
          at++;
          text += source[at] === 'n' ? '\n' : source[at];
        } else text += source[at];
        at++;
      }
      at++;
      add('string', text);
    } else {
      const operator = operators.find((each) => source.startsWith(each, at));
      if (operator === undefined) throw new LanguageError(`unexpected '${c}'`, line);
      at += operator.length;
      add(operator, operator);
    }
  }
  add('end', '');
  return tokens;
}

// ---- Syntax trees, by precedence climbing

const precedence = {
  or: 1,
  and: 2,
  '==': 3,
  '!=': 3,
  '<': 4,
  '<=': 4,
  '>': 4,
  '>=': 4,
  '..': 5,
  '+': 6,
  '-': 6,
};
precedence['*'] = precedence['/'] = precedence['%'] = 7;

class Parser {
  constructor(source) {
    this.tokens = tokenize(source);
    this.at = 0;
  }

  get token() {
    return this.tokens[this.at];
  }

  accept(type) {
    if (this.token.type !== type) return null;
    return this.tokens[this.at++];
  }

  expect(type) {
    const token = this.accept(type);
    if (token === null)
      throw new LanguageError(`expected ${type}, not '${this.token.text}'`, this.token.line);
    return token;
  }

  program() {
    const body = [];
    while (this.token.type !== 'end') body.push(this.statement());
    return { kind: 'Block', body };
  }

  block() {
    this.expect('{');
    const body = [];
    while (this.accept('}') === null) body.push(this.statement());
    return { kind: 'Block', body };
  }

  statement() {
    const { line } = this.token;
    if (this.accept('let')) {
      const { text: name } = this.expect('name');
      this.expect('=');
      const value = this.expression(0);
      this.expect(';');
      return { kind: 'Let', name, value, line };
    }
    if (this.accept('if')) {
      const test = this.expression(0);
      const then = this.block();
      let otherwise = null;
      if (this.accept('else')) otherwise = this.token.type === 'if' ? this.statement() : this.block();
      return { kind: 'If', test, then, otherwise, line };
    }
    if (this.accept('while')) return { kind: 'While', test: this.expression(0), body: this.block(), line };
    if (this.accept('return')) {
      const value = this.token.type === ';' ? { kind: 'Constant', value: null } : this.expression(0);
      this.expect(';');
      return { kind: 'Return', value, line };
    }
    const value = this.expression(0);
    if (this.accept('=')) {
      if (value.kind !== 'Name' && value.kind !== 'Index')
        throw new LanguageError('cannot assign to this', line);
      const assignment = { kind: 'Assign', target: value, value: this.expression(0), line };
      this.expect(';');
      return assignment;
    }
    this.expect(';');
    return { kind: 'Evaluate', value, line };
  }

  expression(least) {
    let left = this.unary();
    for (;;) {
      const { type, line } = this.token;
      const own = precedence[type];
      if (own === undefined || own <= least) return left;
      this.at++;
      left = {
        kind: type === 'and' || type === 'or' ? 'Logic' : 'Binary',
        type,
        left,
        right: this.expression(own),
        line,
      };
    }
  }

  unary() {
    const { line } = this.token;
    if (this.accept('-')) return { kind: 'Negate', value: this.unary(), line };
    if (this.accept('not')) return { kind: 'Not', value: this.unary(), line };
    return this.postfix();
  }

  postfix() {
    let value = this.primary();
    for (;;) {
      const { line } = this.token;
      if (this.accept('(')) value = { kind: 'Call', callee: value, args: this.list(')'), line };
      else if (this.accept('[')) {
        value = { kind: 'Index', object: value, index: this.expression(0), line };
        this.expect(']');
      } else if (this.accept('.')) {
        const index = { kind: 'Constant', value: this.expect('name').text };
        value = { kind: 'Index', object: value, index, line };
      } else return value;
    }
  }

  primary() {
    const token = this.token;
    this.at++;
    switch (token.type) {
      case 'number':
        return { kind: 'Constant', value: Number(token.text) };
      case 'string':
        return { kind: 'Constant', value: token.text };
      case 'true':
      case 'false':
        return { kind: 'Constant', value: token.type === 'true' };
      case 'nil':
        return { kind: 'Constant', value: null };
      case 'name':
        return { kind: 'Name', name: token.text, line: token.line };
      case '(': {
        const value = this.expression(0);
        this.expect(')');
        return value;
      }
      case '[':
        return { kind: 'List', values: this.list(']') };
      case 'fn': {
        this.expect('(');
        const parameters = [];
        while (this.accept(')') === null) {
          parameters.push(this.expect('name').text);
          if (this.token.type !== ')') this.expect(',');
        }
        if (this.accept('->')) {
          const line = this.token.line;
          return { kind: 'Function', parameters, body: { kind: 'Return', value: this.expression(0), line } };
        }
        return { kind: 'Function', parameters, body: this.block() };
      }
      default:
        throw new LanguageError(`unexpected '${token.text}'`, token.line);
    }
  }

  list(end) {
    const values = [];
    while (this.accept(end) === null) {
      values.push(this.expression(0));
      if (this.token.type !== end) this.expect(',');
    }
    return values;
  }
}

// ---- Evaluation

class Scope {
  constructor(parent) {
    this.parent = parent;
    this.values = new Map();
  }

  holderOf(name, line) {
    for (let scope = this; scope !== null; scope = scope.parent) if (scope.values.has(name)) return scope;
    throw new LanguageError(`no variable ${name}`, line);
  }
}

class ReturnSignal {
  constructor(value) {
    this.value = value;
  }
}

class Closure {
  constructor(parameters, body, scope) {
    this.parameters = parameters;
    this.body = body;
    this.scope = scope;
  }
}

const binary = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '..': (a, b) => `${a}${b}`,
};

class Evaluator {
  constructor() {
    this.output = [];
    this.steps = 0;
    this.globals = new Scope(null);
    const { values } = this.globals;
    values.set('print', (...args) => this.output.push(args.join(' ')));
    values.set('push', (list, value) => list.push(value));
    values.set('size', (list) => list.length);
    values.set('floor', Math.floor);
    values.set('map', (list, f) => list.map((each) => this.call(f, [each], 0)));
  }

  call(callee, args, line) {
    if (typeof callee === 'function') return callee(...args) ?? null;
    if (!(callee instanceof Closure)) throw new LanguageError('not a function', line);
    const scope = new Scope(callee.scope);
    callee.parameters.forEach((name, i) => {
      scope.values.set(name, args[i] ?? null);
    });
    const end = this.execute(callee.body, scope);
    return end instanceof ReturnSignal ? end.value : null;
  }

  /** A ReturnSignal when the statement returns, else null. */
  execute(node, scope) {
    this.steps++;
    switch (node.kind) {
      case 'Block': {
        const inner = new Scope(scope);
        for (const statement of node.body) {
          const end = this.execute(statement, inner);
          if (end !== null) return end;
        }
        return null;
      }
      case 'Let':
        scope.values.set(node.name, this.evaluate(node.value, scope));
        return null;
      case 'If':
        if (this.evaluate(node.test, scope)) return this.execute(node.then, scope);
        return node.otherwise === null ? null : this.execute(node.otherwise, scope);
      case 'While':
        while (this.evaluate(node.test, scope)) {
          const end = this.execute(node.body, scope);
          if (end !== null) return end;
        }
        return null;
      case 'Return':
        return new ReturnSignal(this.evaluate(node.value, scope));
      case 'Assign': {
        const value = this.evaluate(node.value, scope);
        const { target } = node;
        if (target.kind === 'Name') scope.holderOf(target.name, node.line).values.set(target.name, value);
        else this.evaluate(target.object, scope)[this.evaluate(target.index, scope)] = value;
        return null;
      }
      case 'Evaluate':
        this.evaluate(node.value, scope);
        return null;
      default:
        throw new LanguageError(`no statement ${node.kind}`, node.line);
    }
  }

  evaluate(node, scope) {
    this.steps++;
    switch (node.kind) {
      case 'Constant':
        return node.value;
      case 'Name':
        return scope.holderOf(node.name, node.line).values.get(node.name);
      case 'Binary':
        return binary[node.type](this.evaluate(node.left, scope), this.evaluate(node.right, scope));
      case 'Logic': {
        const left = this.evaluate(node.left, scope);
        if (node.type === 'and' ? !left : left) return left;
        return this.evaluate(node.right, scope);
      }
      case 'Negate':
        return -this.evaluate(node.value, scope);
      case 'Not':
        return !this.evaluate(node.value, scope);
      case 'List':
        return node.values.map((value) => this.evaluate(value, scope));
      case 'Index':
        return this.evaluate(node.object, scope)[this.evaluate(node.index, scope)] ?? null;
      case 'Function':
        return new Closure(node.parameters, node.body, scope);
      case 'Call': {
        const callee = this.evaluate(node.callee, scope);
        const args = [];
        for (const arg of node.args) args.push(this.evaluate(arg, scope));
        return this.call(callee, args, node.line);
      }
      default:
        throw new LanguageError(`no expression ${node.kind}`, node.line);
    }
  }
}

const source = `
# Functions, loops and lists of the small language.
let fib = fn(n) { if n < 2 { return n; } return fib(n - 1) + fib(n - 2); };
print("fib", fib(9));

let primes = fn(limit) {
  let found = [];
  let n = 2;
  while n <= limit {
    let i = 0;
    let prime = true;
    while prime and i < size(found) and found[i] * found[i] <= n {
      if n % found[i] == 0 { prime = false; }
      i = i + 1;
    }
    if prime { push(found, n); }
    n = n + 1;
  }
  return found;
};
let list = primes(60);
print("primes", size(list), list[size(list) - 1]);

let compose = fn(f, g) -> fn(x) -> f(g(x));
let twice = fn(x) -> x * 2;
let chain = compose(twice, compose(twice, fn(x) -> x + 0.5));
print("chain", map([1, 2, 3], chain));

let counter = fn() {
  let count = 0;
  return fn(step) { count = count + step; return count; };
};
let tick = counter();
let i = 0;
while i < 25 { tick(i); i = i + 1; }
print("count " .. tick(0) .. " " .. not (1 == 2 or 3 >= 4) .. " " .. -2 * (3 - 5) % 3);

let text = "";
while size(text) < 12 { text = text .. "ab"; }
if text == "abababababab" { print("text", text); } else if true { print("wrong"); } else { print("never"); }
list[2] = nil;
print(floor(7 / 2), list[2] == nil, nil == false);
`;

function failureOf(text) {
  try {
    new Evaluator().execute(new Parser(text).program(), new Scope(null));
    return 'none';
  } catch (error) {
    return error instanceof LanguageError ? `${error.line}:${error.message.length}` : 'other';
  }
}

function unit() {
  const program = new Parser(source).program();
  const evaluator = new Evaluator();
  evaluator.execute(program, evaluator.globals);
  const failures = ['let x = ;', 'print(\n1);', 'let a = "open', '1 = 2;', 'let b = 1;\n\nb(2);', '@'].map(
    failureOf,
  );
  return `${evaluator.output.join('|')} ${evaluator.steps} ${failures.join(' ')}`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
