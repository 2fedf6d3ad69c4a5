// Classes in brackets: the old grammar (https://tc39.es/ecma262/#prod-ClassContents with Annex B) and, with
// `v`, the set notation. Brackets within brackets are kept on a stack of our own, not on the host's.

import {
  type CharacterClassNode,
  type ClassNode,
  type ClassSetNode,
  type ClassStringsNode,
  mayContainStrings,
} from './pattern-ast.ts';
import {
  AMPERSAND,
  BACKSLASH,
  BAR,
  BRACE_CLOSE,
  BRACE_OPEN,
  BRACKET_CLOSE,
  BRACKET_OPEN,
  CARET,
  END,
  isAsciiLetter,
  isDecimalDigit,
  MAX_NESTING_DEPTH,
  MINUS,
  type PatternScanner,
  UNDERSCORE,
} from './pattern-scanner.ts';

/** Parses a class whose opening bracket has just been read. Throws PatternSyntaxError. */
export function parseCharacterClass(scanner: PatternScanner): CharacterClassNode {
  if (scanner.flags.unicodeSets)
    return { kind: 'CharacterClass', contents: parseClassSet(scanner), invert: false };
  const start = scanner.position - 1;
  const invert = scanner.eat(CARET);
  const operands: ClassNode[] = [];
  for (;;) {
    if (scanner.eat(BRACKET_CLOSE)) break;
    if (scanner.peek() === END) throw scanner.fail('pattern/unterminated-class', start);
    const position = scanner.position;
    const from = parseClassAtom(scanner);
    if (scanner.peek() !== MINUS || scanner.unitAt(1) === BRACKET_CLOSE) {
      operands.push(from);
      continue;
    }
    scanner.position++;
    if (scanner.peek() === END) throw scanner.fail('pattern/unterminated-class', start);
    const to = parseClassAtom(scanner);
    if (from.kind === 'ClassCharacter' && to.kind === 'ClassCharacter') {
      if (from.codePoint > to.codePoint) throw scanner.fail('pattern/range-out-of-order', position);
      operands.push({ kind: 'ClassRange', from: from.codePoint, to: to.codePoint });
    } else {
      if (scanner.unicodeMode) throw scanner.fail('pattern/invalid-class-range', position);
      // Annex B: with a class escape at either end the minus sign stands for itself.
      operands.push(from, { kind: 'ClassCharacter', codePoint: MINUS }, to);
    }
  }
  const contents: ClassSetNode = {
    kind: 'ClassSet',
    operation: 'union',
    operands,
    complement: false,
    mayContainStrings: false,
  };
  return { kind: 'CharacterClass', contents, invert };
}

/** ClassAtom — https://tc39.es/ecma262/#prod-ClassAtom */
function parseClassAtom(scanner: PatternScanner): ClassNode {
  if (!scanner.eat(BACKSLASH)) return { kind: 'ClassCharacter', codePoint: scanner.readCharacter() };
  const classEscape = scanner.tryClassEscape();
  if (classEscape !== null) return classEscape;
  const unit = scanner.peek();
  if (unit === 0x62 /* b */) {
    scanner.position++;
    return { kind: 'ClassCharacter', codePoint: 0x08 };
  }
  if (scanner.unicodeMode) {
    if (scanner.eat(MINUS)) return { kind: 'ClassCharacter', codePoint: MINUS };
  } else if (unit === 0x63 /* c */ && !isAsciiLetter(scanner.unitAt(1))) {
    // Annex B: digits and the underscore follow \c in classes; anything else leaves the backslash alone.
    const control = scanner.unitAt(1);
    if (!isDecimalDigit(control) && control !== UNDERSCORE)
      return { kind: 'ClassCharacter', codePoint: BACKSLASH };
    scanner.position += 2;
    return { kind: 'ClassCharacter', codePoint: control & 31 };
  }
  return { kind: 'ClassCharacter', codePoint: scanner.readCharacterEscape() };
}

interface OpenClass {
  readonly start: number;
  readonly complement: boolean;
  readonly operands: ClassNode[];
  /** Null until a second operand or an operator decides. */
  operation: ClassSetNode['operation'] | null;
}

const SYNTAX_CHARACTERS = '()[]{}/-\\|';
const RESERVED_DOUBLE_PUNCTUATORS = '&!#$%*+,.:;<=>?@^`~';
const RESERVED_PUNCTUATORS = '&-!#%,:;<=>@`~';

/** ClassContents with UnicodeSetsMode — https://tc39.es/ecma262/#prod-ClassSetExpression */
function parseClassSet(scanner: PatternScanner): ClassSetNode {
  const stack: OpenClass[] = [openClass(scanner)];
  for (;;) {
    const open = stack[stack.length - 1];
    const unit = scanner.peek();
    if (unit === END) throw scanner.fail('pattern/unterminated-class', stack[0].start);
    let operand: ClassNode;
    if (unit === BRACKET_OPEN) {
      scanner.position++;
      if (stack.length >= MAX_NESTING_DEPTH) throw scanner.fail('pattern/too-deep');
      stack.push(openClass(scanner));
      continue;
    }
    if (unit === BRACKET_CLOSE) {
      scanner.position++;
      operand = closeClass(scanner, open);
      stack.pop();
      if (stack.length === 0) return operand;
    } else {
      operand = parseClassSetOperand(scanner, open);
    }
    addOperand(scanner, stack[stack.length - 1], operand);
  }
}

function openClass(scanner: PatternScanner): OpenClass {
  return { start: scanner.position - 1, complement: scanner.eat(CARET), operands: [], operation: null };
}

function closeClass(scanner: PatternScanner, open: OpenClass): ClassSetNode {
  const { operands, complement } = open;
  const operation = open.operation ?? 'union';
  let strings: boolean;
  if (operation === 'union') strings = operands.some(mayContainStrings);
  else if (operation === 'intersection') strings = operands.every(mayContainStrings);
  else strings = mayContainStrings(operands[0]);
  if (complement && strings) throw scanner.fail('pattern/negated-strings', open.start);
  return { kind: 'ClassSet', operation, operands, complement, mayContainStrings: strings && !complement };
}

/** Adds an operand and reads the operator after it, if any, so that an operand must follow. */
function addOperand(scanner: PatternScanner, open: OpenClass, operand: ClassNode): void {
  open.operands.push(operand);
  const unit = scanner.peek();
  let operator: ClassSetNode['operation'] = 'union';
  if (unit === AMPERSAND && scanner.unitAt(1) === AMPERSAND) operator = 'intersection';
  else if (unit === MINUS && scanner.unitAt(1) === MINUS) operator = 'subtraction';
  if (operator === 'union') {
    if (unit === BRACKET_CLOSE) return;
    // Without an operator between them, operands make a union and nothing else.
    if (open.operation === null) open.operation = 'union';
    else if (open.operation !== 'union') throw scanner.fail('pattern/invalid-class-operation');
    return;
  }
  if (open.operation === null) open.operation = operator;
  else if (open.operation !== operator) throw scanner.fail('pattern/invalid-class-operation');
  scanner.position += 2;
  const next = scanner.peek();
  if (next === BRACKET_CLOSE || (operator === 'intersection' && next === AMPERSAND)) {
    throw scanner.fail('pattern/invalid-class-operation');
  }
}

/** An operand that is no bracket, or a range. */
function parseClassSetOperand(scanner: PatternScanner, open: OpenClass): ClassNode {
  const start = scanner.position;
  if (scanner.peek() === BACKSLASH) {
    scanner.position++;
    if (scanner.peek() === 0x71 /* q */ && scanner.unitAt(1) === BRACE_OPEN) {
      scanner.position += 2;
      return parseClassStrings(scanner, open);
    }
    const classEscape = scanner.tryClassEscape();
    if (classEscape !== null) return classEscape;
    scanner.position--;
  }
  const from = parseClassSetCharacter(scanner, open);
  if (scanner.peek() !== MINUS || scanner.unitAt(1) === MINUS)
    return { kind: 'ClassCharacter', codePoint: from };
  if (open.operation !== null && open.operation !== 'union')
    throw scanner.fail('pattern/invalid-class-operation');
  scanner.position++;
  const to = parseClassSetCharacter(scanner, open);
  if (from > to) throw scanner.fail('pattern/range-out-of-order', start);
  // A range is no operand of && and --.
  open.operation = 'union';
  return { kind: 'ClassRange', from, to };
}

/** ClassSetCharacter — https://tc39.es/ecma262/#prod-ClassSetCharacter */
function parseClassSetCharacter(scanner: PatternScanner, open: OpenClass): number {
  const unit = scanner.peek();
  if (unit === END) throw scanner.fail('pattern/unterminated-class', open.start);
  if (unit === BACKSLASH) {
    scanner.position++;
    const escaped = scanner.peek();
    if (escaped === 0x62 /* b */) {
      scanner.position++;
      return 0x08;
    }
    if (escaped !== END && RESERVED_PUNCTUATORS.includes(String.fromCharCode(escaped))) {
      scanner.position++;
      return escaped;
    }
    return scanner.readCharacterEscape();
  }
  const letter = String.fromCharCode(unit);
  if (SYNTAX_CHARACTERS.includes(letter)) throw scanner.fail('pattern/reserved-class-character');
  if (RESERVED_DOUBLE_PUNCTUATORS.includes(letter) && scanner.unitAt(1) === unit) {
    throw scanner.fail('pattern/reserved-class-character');
  }
  return scanner.readCharacter();
}

/** ClassStringDisjunction, after its opening brace — https://tc39.es/ecma262/#prod-ClassStringDisjunction */
function parseClassStrings(scanner: PatternScanner, open: OpenClass): ClassStringsNode {
  const strings: number[][] = [];
  let string: number[] = [];
  for (;;) {
    if (scanner.eat(BRACE_CLOSE)) break;
    if (scanner.eat(BAR)) {
      strings.push(string);
      string = [];
    } else {
      string.push(parseClassSetCharacter(scanner, open));
    }
  }
  strings.push(string);
  return { kind: 'ClassStrings', strings };
}
