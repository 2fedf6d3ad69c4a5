// script: marked/lib/marked.umd.js
// marked renders its own README to HTML, with a renderer of ours for headings and with the lexer's tokens.
const readme = readText('marked/README.md');
print(marked.parse(readme));
print(marked.parse(readme, { gfm: false, breaks: true }).length);
print(marked.lexer(readme).map((token) => `${token.type}:${token.raw.length}`).join(' '));

const renderer = new marked.Renderer();
renderer.heading = function ({ tokens, depth }) {
  const text = this.parser.parseInline(tokens);
  return `<h${depth} id="${text.toLowerCase().replace(/[^\w]+/g, '-')}">${text}</h${depth}>\n`;
};
print(marked.parse(readme, { renderer }));
print(marked.parse('| a | b |\n|---|:-:|\n| 1 | `x|y` |\n\n- [ ] todo\n- [x] *done* ~~gone~~\n\n> quote\n> - nested\n\n```js\nlet a = "<b>";\n```\n'));
