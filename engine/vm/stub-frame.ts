// Frames that stand where no function of the guest does: what the callees of the runtime return to, and where work of the
// runtime pauses.
import { assert } from '../base/assert.ts';
import { compileEval, NO_SURROUNDINGS } from '../bytecode/compiler/compile.ts';
import { OP_Return, OPCODE_LENGTHS } from '../bytecode/opcodes.gen.ts';
import type { CodeUnit } from '../bytecode/unit.ts';
import type { Agent } from '../runtime/agent.ts';
import type { Value } from '../runtime/value.ts';
import { Feedback } from './feedback.ts';
import { StubFrame, type VMFrame } from './frame.ts';

/** A frame that returns at once when it is run. */
export function makeStubFrame(agent: Agent, ending: number): VMFrame {
  const feedback = new Feedback(stubUnit());
  feedback.prepare(agent);
  const registers = feedback.unit.registers.slice() as Value[];
  const frame = new StubFrame(null, agent.realm, null, feedback, registers, undefined, null, null, ending);
  frame.pc = feedback.unit.code.length - OPCODE_LENGTHS[OP_Return];
  return frame;
}

let stub: CodeUnit | null = null;

/** The unit of stub frames: that of an empty text, of which only the return at its end is run. */
function stubUnit(): CodeUnit {
  if (stub === null) {
    const compiled = compileEval('<stub>', '', NO_SURROUNDINGS);
    assert(compiled.ok, 'an empty text is a program');
    const { code } = compiled.unit;
    assert(code[code.length - OPCODE_LENGTHS[OP_Return]] === OP_Return, 'a program ends with a return');
    stub = compiled.unit;
  }
  return stub;
}
