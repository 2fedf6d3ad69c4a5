// expect: 1814648
// scale: 500
// about: methods, inherited methods, super calls, getters and setters of classes

class Shape {
  constructor(name) {
    this.name = name;
    this.moves = 0;
  }

  area() {
    return 0;
  }

  move() {
    this.moves++;
    return this;
  }

  get label() {
    return this.name.length + this.moves;
  }

  set label(value) {
    this.moves = value & 255;
  }
}

class Rectangle extends Shape {
  constructor(width, height) {
    super('rectangle');
    this.width = width;
    this.height = height;
  }

  area() {
    return this.width * this.height;
  }
}

class Square extends Rectangle {
  constructor(side) {
    super(side, side);
  }

  move() {
    return super.move().move0();
  }

  move0() {
    this.moves += 2;
    return this;
  }
}

class Triangle extends Shape {
  constructor(base, height) {
    super('triangle');
    this.base = base;
    this.height = height;
  }

  area() {
    return (this.base * this.height) / 2;
  }
}

function unit() {
  const shapes = [new Rectangle(2, 3), new Square(4), new Triangle(6, 8), new Square(5)];
  let sum = 0;
  for (let i = 0; i < 8000; i++) {
    const shape = shapes[i & 3];
    sum += shape.area();
    sum += shape.move().label;
    if (shape.moves > 300) shape.label = i;
  }
  return sum;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
