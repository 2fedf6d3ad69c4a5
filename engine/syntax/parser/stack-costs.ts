// What a level of nesting costs the host's stack, in bytes: the frames of V8's interpreter (optimized ones
// are smaller) from the production that charges to the next one that does, at their widest. The test "the
// nesting limit fits the host's default stack" checks them with every form of nesting.

/** Default for how much of the host's stack a parse may use: the default stack is 984 KB. */
export const DEFAULT_STACK_BYTES = 768 * 1024;

/** AssignmentExpression down to a LeftHandSideExpression. */
export const COST_ASSIGNMENT = 624;
/** Conditional expressions and assignments, however many in a row. */
export const COST_TAILS = 336;
export const COST_PARENTHESES = 448;
export const COST_ARRAY = 344;
export const COST_OBJECT = 880;
export const COST_ARGUMENTS = 424;
export const COST_BRACKETS = 536;
export const COST_ASYNC_CALL = 608;
export const COST_TEMPLATE = 456;
export const COST_IMPORT_CALL = 328;
/** However many in a row. */
export const COST_NEW = 320;
/** Prefix operators and `await`, however many in a row. */
export const COST_UNARY = 304;
/** A right operand. */
export const COST_BINARY = 336;
export const COST_ARROW = 824;
export const COST_ARROW_BODY = 624;
export const COST_FUNCTION = 1324;
export const COST_CLASS = 1360;
export const COST_DECORATOR = 280;
export const COST_PATTERN = 512;
export const COST_STATEMENT = 576;
/** On top of a statement's. */
export const COST_FOR = 600;
export const COST_TRY = 160;
