const seen = [];
const note = (value, context) => {
  seen.push(context.kind);
  context.addInitializer?.(function () {
    seen.push(typeof this);
  });
};
const replace = (value, { kind }) =>
  kind === 'field' ? (x) => x + 1 : kind === 'method' ? () => 'replaced' : undefined;
const ns = { note, make: (x) => note };
@note
@ns.note
class Decorated {
  @replace field = 1;
  @replace method() {
    return 'original';
  }
  @note static s() {
    return Decorated;
  }
  @ns.make(1) accessor a = 2;
  @note get g() {
    return 1;
  }
  @note set g(v) {}
  @note #private() {}
  @note static f = Decorated;
}
const made = new Decorated();
[made.field, made.method(), made.a, seen.length, Decorated.s() === Decorated];
