// script: mustache/mustache.js
// Mustache templates: sections, inverted sections, partials, lambdas, delimiters, escaping, and its parse tree.
const view = {
  title: 'Tom & "Jerry"',
  list: [{ n: 1, last: false }, { n: 2, last: true }],
  empty: [],
  bold: () => (text, render) => `<b>${render(text)}</b>`,
  deep: { a: { b: { c: 'see' } } },
  now: () => 'later',
};
const partials = { row: '[{{n}}{{^last}},{{/last}}]', outer: '{{#list}}{{> row}}{{/list}}' };
for (const template of [
  '{{title}} {{{title}}} {{&title}}',
  '{{#list}}{{n}}{{^last}}, {{/last}}{{/list}}{{^empty}} none{{/empty}}',
  '{{> outer}} {{> missing}}',
  '{{#bold}}hi {{title}}{{/bold}}',
  '{{=<% %>=}}<% deep.a.b.c %> <%={{ }}=%>{{now}}',
  '{{! comment }}{{#deep}}{{#a}}{{b.c}}{{/a}}{{/deep}}\n  {{#list}}\n  * {{n}}\n  {{/list}}\n',
]) {
  print(Mustache.render(template, view, partials));
  print(JSON.stringify(Mustache.parse(template)));
}
for (const bad of ['{{#a}}', '{{/a}}', '{{#a}}{{/b}}', '{{a']) {
  try {
    print(Mustache.render(bad, view));
  } catch (error) {
    print(error.message);
  }
}
