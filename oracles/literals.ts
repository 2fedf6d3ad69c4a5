// Operands written as source text, so that a compiler may fold the operators on them.
import type { OperatorRow } from '../engine/eval/operators.ts';
import type { HostPrimitive } from '../engine/eval/primitive.ts';

/** An expression of literals and operators that has the value, in parentheses where an operand needs them; null for a Symbol. */
export function literalOf(value: HostPrimitive): string | null {
  switch (typeof value) {
    case 'symbol':
      return null;
    case 'undefined':
      return '(void 0)';
    case 'string':
      return JSON.stringify(value);
    case 'bigint':
      return value < 0n ? `(-${-value}n)` : `${value}n`;
    case 'number':
      if (value !== value) return '(0 / 0)';
      if (!Number.isFinite(value)) return value < 0 ? '(-1e999)' : '1e999';
      return Object.is(value, -0) || value < 0 ? `(-${-value})` : `${value}`;
    default:
      return String(value);
  }
}

/** The row's operator on two literals as an expression; null where it has none, as ++ has. */
export function literalExpression(row: OperatorRow, x: HostPrimitive, y: HostPrimitive): string | null {
  const left = literalOf(x);
  const right = literalOf(y);
  if (left === null || right === null || row.text === '++' || row.text === '--') return null;
  if (row.arity === 2) return `${left} ${row.text} ${right}`;
  return row.expression.replace(/\bx\b/, () => left);
}
