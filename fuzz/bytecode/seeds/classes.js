class Base {
  #p = 1;
  static #count = 0;
  field = this.#p + 1;
  static made = 'static';
  ['comp' + 'uted'] = 3;
  quoted;
  0 = 'zero';
  constructor(x) {
    this.x = x;
    Base.#count++;
  }
  get p() {
    return this.#p;
  }
  set p(v) {
    this.#p = v;
  }
  static count() {
    return Base.#count;
  }
  #method() {
    return this.#p;
  }
  call() {
    return this.#method();
  }
  get #acc() {
    return 1;
  }
  set #acc(v) {}
  has(o) {
    return #p in o;
  }
  static {
    this.block = () => this;
  }
  bump() {
    this.#p++;
    this.#acc = 2;
    this.#acc;
    return this?.#p;
  }
  toString() {
    return 'base';
  }
  static *gen() {
    yield this;
  }
  async wait() {
    await 1;
    return super.toString;
  }
  ['m' + 1]() {
    return 1;
  }
  static Inner = class {
    named() {
      return Base;
    }
  };
  fn = () => {};
  accessor auto = 5;
}
class Derived extends Base {
  constructor(...args) {
    const early = () => this;
    try {
      early();
    } catch (e) {
      super(...args);
    }
    this.e = early();
  }
  get p() {
    return super.p * 2;
  }
  set p(v) {
    super.p = v;
    super['q'] = v;
  }
  toString() {
    return `${super.toString()}+${super['toString']()}`;
  }
  static count() {
    return super.count() + 1;
  }
}
class Defaulted extends Derived {}
class FromNull extends null {}
const Anonymous = class extends Base {
  static x = super.made;
  y = new.target;
};
class Other extends Base {
  constructor() {
    super(1);
    return { other: new.target === Other };
  }
}
function attempt(f) {
  try {
    return f();
  } catch (e) {
    return e.name;
  }
}
const d = new Defaulted(4);
d.p = 3;
[
  d.x,
  d.p,
  d.toString(),
  Derived.count(),
  d.call(),
  d.has(d),
  d.bump(),
  new Other(),
  attempt(() => new FromNull()),
  attempt(() => Base()),
  attempt(() => d.has(1)),
  Anonymous.x,
  new Anonymous(2).y,
  Base.block() === Base,
  d.auto,
  new Base.Inner().named() === Base,
  [...Base.gen()].length,
  attempt(() => class X extends X {}),
  class Y {
    [Y_name()]() {}
    static z = Y.name;
  }.z,
];
function Y_name() {
  return 'y';
}
