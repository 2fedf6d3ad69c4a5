// script: handlebars/dist/handlebars.js
// Handlebars compiles templates at run time (through the Function constructor) and renders them.
Handlebars.registerHelper('shout', (text) => `${text}`.toUpperCase());
Handlebars.registerHelper('times', function (n, options) {
  let out = '';
  for (let i = 0; i < n; i++) out += options.fn(this, { data: { index: i } });
  return out;
});
Handlebars.registerPartial('item', '<li>{{name}}{{#if price}} costs {{price}}{{else}} is free{{/if}}</li>');
const templates = [
  '{{#each items}}{{@index}}/{{@key}} {{> item}}\n{{else}}nothing{{/each}}',
  '<b>{{title}}</b> {{{raw}}} {{&raw}} {{raw}}',
  '{{#with owner as |o|}}{{o.name}} {{shout o.name}} {{lookup ../map o.key}}{{/with}}',
  '{{#unless missing}}{{#times 3}}[{{title}}]{{/times}}{{/unless}}',
  '{{~#each nested~}} {{#each this}}{{this}}{{#unless @last}},{{/unless}}{{/each}}; {{~/each~}}',
  '{{!-- a comment --}}{{"quoted key"}} {{map.[odd key]}} \\{{escaped}}',
];
const data = {
  title: 'A & B',
  raw: '<i>"x"</i>',
  items: [{ name: 'tea', price: 3 }, { name: 'air' }],
  owner: { name: 'ada', key: 'k' },
  map: { k: 'found', 'odd key': 'odd' },
  nested: [[1, 2, 3], [4], []],
  'quoted key': 'q',
};
for (const template of templates) {
  print(Handlebars.compile(template)(data));
  print(Handlebars.precompile(template).length);
}
print(JSON.stringify(Handlebars.parse('{{#if a}}b{{else if c}}d{{/if}}')));
for (const bad of ['{{#if}}', '{{#a}}{{/b}}', '{{> unknown}}', '{{noSuchHelper 1}}']) {
  try {
    print(Handlebars.compile(bad)({}));
  } catch (error) {
    print(error.message);
  }
}
