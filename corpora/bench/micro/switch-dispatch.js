// expect: 11292550
// scale: 600
// about: switch over integers and strings: a small stack machine

// A program that counts its argument down and adds up squares.
const program = [
  ...['push', 0, 'store', 1, 'label', 0, 'load', 0, 'jumpZero', -1, 'load', 0, 'dup', 0, 'mul', 0],
  ...['load', 1, 'add', 0, 'store', 1, 'load', 0, 'push', 1, 'sub', 0, 'store', 0, 'jump', 4],
];
const codes = { push: 0, store: 1, load: 2, dup: 3, mul: 4, add: 5, sub: 6, jump: 7, jumpZero: 8, label: 9 };
const code = program.map((each) => (typeof each === 'string' ? codes[each] : each));
code[9] = code.length; // jumpZero leaves the loop.

function execute(argument) {
  const stack = [];
  const variables = [argument, 0];
  let pc = 0;
  while (pc < code.length) {
    const operand = code[pc + 1];
    switch (code[pc]) {
      case 0:
        stack.push(operand);
        break;
      case 1:
        variables[operand] = stack.pop();
        break;
      case 2:
        stack.push(variables[operand]);
        break;
      case 3:
        stack.push(stack[stack.length - 1]);
        break;
      case 4:
        stack.push(stack.pop() * stack.pop());
        break;
      case 5:
        stack.push(stack.pop() + stack.pop());
        break;
      case 6: {
        const right = stack.pop();
        stack.push(stack.pop() - right);
        break;
      }
      case 7:
        pc = operand;
        continue;
      case 8:
        if (stack.pop() === 0) {
          pc = operand;
          continue;
        }
        break;
      case 9:
        break;
      default:
        throw new Error('no such instruction');
    }
    pc += 2;
  }
  return variables[1];
}

function priority(word) {
  switch (word) {
    case '+':
    case '-':
      return 1;
    case '*':
    case '/':
      return 2;
    case 'not':
      return 3;
    default:
      return 0;
  }
}

const words = ['+', 'x', 'not', '*', '-', '/', 'y', 'z'];

function unit() {
  let sum = execute(300);
  for (let i = 0; i < 2000; i++) sum += priority(words[i & 7]) * i;
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
