// The grammar's parameters and what the early errors ask about the surroundings, as one bit set that the
// parser saves at a function's or a bracket's start and restores at its end.

/** The code is strict mode code. */
export const CTX_STRICT = 1;
/** [+In]: `in` is an operator. */
export const CTX_IN = 2;
/** [+Yield]: `yield` begins a YieldExpression. */
export const CTX_YIELD = 4;
/** [+Await]: `await` begins an AwaitExpression. */
export const CTX_AWAIT = 8;
/** [+Return]. */
export const CTX_RETURN = 16;
/** `new.target` is allowed. */
export const CTX_NEW_TARGET = 32;
/** `super.x` is allowed. */
export const CTX_SUPER_PROPERTY = 64;
/** `super()` is allowed. */
export const CTX_SUPER_CALL = 128;
/** `arguments` is an error: class field initializers and static blocks. */
export const CTX_NO_ARGUMENTS = 256;
/** `await` is neither an operator nor an identifier: class static blocks, fields in async code. */
export const CTX_AWAIT_RESERVED = 512;
/** The goal is Module. */
export const CTX_MODULE = 1024;
/** In the formals of a generator or async function: YieldExpression and AwaitExpression are errors. */
export const CTX_PARAMETERS = 2048;

/** What functions of every kind take over from the code around them. */
export const CTX_INHERITED = CTX_STRICT | CTX_MODULE;
/** What arrow functions take over. */
export const CTX_ARROW_INHERITED =
  CTX_INHERITED | CTX_IN | CTX_NEW_TARGET | CTX_SUPER_PROPERTY | CTX_SUPER_CALL | CTX_NO_ARGUMENTS;

// Facts about the current function that arrow functions pass on to the function around them.
export const USES_ARGUMENTS = 1;
export const USES_THIS = 2;
export const USES_DIRECT_EVAL = 4;
