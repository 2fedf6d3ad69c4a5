// expect: 1037833411 1380 rays
// scale: 30
// about: a ray tracer: vectors as objects, spheres, planes and boxes, shadows, reflection, fog

class Vector {
  constructor(x, y, z) {
    this.x = x;
    this.y = y;
    this.z = z;
  }

  plus(other) {
    return new Vector(this.x + other.x, this.y + other.y, this.z + other.z);
  }

  minus(other) {
    return new Vector(this.x - other.x, this.y - other.y, this.z - other.z);
  }

  times(factor) {
    return new Vector(this.x * factor, this.y * factor, this.z * factor);
  }

  dot(other) {
    return this.x * other.x + this.y * other.y + this.z * other.z;
  }

  cross(other) {
    return new Vector(
      this.y * other.z - this.z * other.y,
      this.z * other.x - this.x * other.z,
      this.x * other.y - this.y * other.x,
    );
  }

  get length() {
    return Math.sqrt(this.dot(this));
  }

  unit() {
    return this.times(1 / this.length);
  }

  reflectedAt(normal) {
    return this.minus(normal.times(2 * this.dot(normal)));
  }
}

class Colour {
  constructor(red, green, blue) {
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  plus(other) {
    return new Colour(this.red + other.red, this.green + other.green, this.blue + other.blue);
  }

  times(factor) {
    return new Colour(this.red * factor, this.green * factor, this.blue * factor);
  }

  filteredBy(other) {
    return new Colour(this.red * other.red, this.green * other.green, this.blue * other.blue);
  }

  mixedWith(other, share) {
    return this.times(1 - share).plus(other.times(share));
  }

  /** One number of 24 bits. */
  toPixel() {
    const level = (value) => Math.max(0, Math.min(255, Math.floor(value * 256)));
    return (level(this.red) << 16) | (level(this.green) << 8) | level(this.blue);
  }
}

Colour.black = new Colour(0, 0, 0);
Colour.sky = new Colour(0.55, 0.7, 0.9);

const NEAR = 1e-4;

class Ray {
  constructor(origin, direction) {
    this.origin = origin;
    this.direction = direction;
  }

  at(distance) {
    return this.origin.plus(this.direction.times(distance));
  }
}

class Material {
  constructor({ colour, shine = 0, mirror = 0, second = null }) {
    this.colour = colour;
    this.shine = shine;
    this.mirror = mirror;
    this.second = second;
  }

  colourAt(point) {
    if (this.second === null) return this.colour;
    const isOdd = (Math.floor(point.x) + Math.floor(point.y + 0.5) + Math.floor(point.z)) & 1;
    return isOdd ? this.second : this.colour;
  }
}

class Sphere {
  constructor(centre, radius, material) {
    this.centre = centre;
    this.radius = radius;
    this.material = material;
  }

  distanceAlong(ray) {
    const toCentre = this.centre.minus(ray.origin);
    const along = toCentre.dot(ray.direction);
    const square = this.radius * this.radius - toCentre.dot(toCentre) + along * along;
    if (square < 0) return Infinity;
    const half = Math.sqrt(square);
    if (along - half > NEAR) return along - half;
    return along + half > NEAR ? along + half : Infinity;
  }

  normalAt(point) {
    return point.minus(this.centre).times(1 / this.radius);
  }
}

class Plane {
  constructor(normal, offset, material) {
    this.normal = normal;
    this.offset = offset;
    this.material = material;
  }

  distanceAlong(ray) {
    const slope = this.normal.dot(ray.direction);
    if (slope > -1e-9 && slope < 1e-9) return Infinity;
    const distance = (this.offset - this.normal.dot(ray.origin)) / slope;
    return distance > NEAR ? distance : Infinity;
  }

  normalAt() {
    return this.normal;
  }
}

const axes = ['x', 'y', 'z'];

/** A box whose edges are parallel to the axes. */
class Box {
  constructor(low, high, material) {
    this.low = low;
    this.high = high;
    this.material = material;
  }

  distanceAlong({ origin, direction }) {
    let enter = -Infinity;
    let leave = Infinity;
    for (const axis of axes) {
      const scale = 1 / direction[axis];
      let first = (this.low[axis] - origin[axis]) * scale;
      let second = (this.high[axis] - origin[axis]) * scale;
      if (first > second) [first, second] = [second, first];
      if (first > enter) enter = first;
      if (second < leave) leave = second;
    }
    if (enter > leave) return Infinity;
    if (enter > NEAR) return enter;
    return leave > NEAR ? leave : Infinity;
  }

  normalAt(point) {
    for (const axis of axes) {
      for (const [side, sign] of [
        [this.low, -1],
        [this.high, 1],
      ]) {
        if (Math.abs(point[axis] - side[axis]) < NEAR) {
          const normal = new Vector(0, 0, 0);
          normal[axis] = sign;
          return normal;
        }
      }
    }
    return new Vector(0, 1, 0);
  }
}

class Scene {
  constructor(things, lights) {
    this.things = things;
    this.lights = lights;
    this.rays = 0;
  }

  nearest(ray) {
    this.rays++;
    let thing = null;
    let distance = Infinity;
    for (let i = 0; i < this.things.length; i++) {
      const other = this.things[i].distanceAlong(ray);
      if (other < distance) {
        distance = other;
        thing = this.things[i];
      }
    }
    return thing === null ? null : { thing, distance };
  }

  isShadowed(point, towards, limit) {
    const ray = new Ray(point, towards);
    this.rays++;
    return this.things.some((thing) => thing.distanceAlong(ray) < limit);
  }

  trace(ray, depth) {
    const hit = this.nearest(ray);
    if (hit === null) return Colour.sky;
    const point = ray.at(hit.distance);
    const { material } = hit.thing;
    let normal = hit.thing.normalAt(point);
    if (normal.dot(ray.direction) > 0) normal = normal.times(-1);
    let colour = this.litBy(point, normal, ray, material);
    if (material.mirror > 0 && depth > 0) {
      const mirrored = this.trace(new Ray(point, ray.direction.reflectedAt(normal)), depth - 1);
      colour = colour.mixedWith(mirrored, material.mirror);
    }
    const fog = Math.min(1, (hit.distance * hit.distance) / 900);
    return colour.mixedWith(Colour.sky, fog);
  }

  litBy(point, normal, ray, material) {
    const own = material.colourAt(point);
    let colour = own.times(0.15);
    for (const { position, colour: light } of this.lights) {
      const way = position.minus(point);
      const distance = way.length;
      const towards = way.times(1 / distance);
      const slope = normal.dot(towards);
      if (slope <= 0 || this.isShadowed(point, towards, distance)) continue;
      colour = colour.plus(own.filteredBy(light).times(slope));
      if (material.shine > 0) {
        const gleam = Math.max(0, ray.direction.reflectedAt(normal).dot(towards));
        let power = gleam;
        for (let i = 0; i < 4; i++) power *= power;
        colour = colour.plus(light.times(power * material.shine));
      }
    }
    return colour;
  }
}

class Camera {
  constructor(position, target, width, height) {
    this.position = position;
    this.width = width;
    this.height = height;
    this.forward = target.minus(position).unit();
    this.right = this.forward.cross(new Vector(0, 1, 0)).unit();
    this.up = this.right.cross(this.forward);
  }

  *rays() {
    for (let row = 0; row < this.height; row++)
      for (let column = 0; column < this.width; column++) {
        const x = (column + 0.5) / this.width - 0.5;
        const y = 0.5 - (row + 0.5) / this.height;
        const direction = this.forward.plus(this.right.times(x * 1.6)).plus(this.up.times(y * 1.2));
        yield new Ray(this.position, direction.unit());
      }
  }
}

function makeScene() {
  const white = new Colour(0.9, 0.9, 0.9);
  const dark = new Colour(0.2, 0.25, 0.3);
  const things = [
    new Plane(new Vector(0, 1, 0), 0, new Material({ colour: white, second: dark, mirror: 0.15 })),
    new Sphere(
      new Vector(0, 1, 0),
      1,
      new Material({ colour: new Colour(0.9, 0.2, 0.15), shine: 0.7, mirror: 0.3 }),
    ),
    new Sphere(
      new Vector(2.2, 0.7, -0.5),
      0.7,
      new Material({ colour: new Colour(0.2, 0.8, 0.3), shine: 0.4 }),
    ),
    new Box(
      new Vector(-3, 0, -1),
      new Vector(-1.5, 1.4, 0.8),
      new Material({ colour: new Colour(0.3, 0.4, 0.9) }),
    ),
  ];
  for (let i = 0; i < 4; i++) {
    const colour = new Colour(0.3 + i * 0.2, 0.7 - i * 0.1, 0.5);
    things.push(
      new Sphere(new Vector(i * 1.1 - 1.6, 0.3, 2), 0.3, new Material({ colour, shine: 0.5, mirror: 0.1 })),
    );
  }
  const lights = [
    { position: new Vector(5, 7, 6), colour: new Colour(0.8, 0.75, 0.7) },
    { position: new Vector(-6, 4, 3), colour: new Colour(0.25, 0.3, 0.4) },
  ];
  return new Scene(things, lights);
}

function unit() {
  const scene = makeScene();
  const camera = new Camera(new Vector(0.5, 2, 7), new Vector(0, 0.8, 0), 24, 18);
  let hash = 0;
  for (const ray of camera.rays()) {
    const pixel = scene.trace(ray, 3).toPixel();
    hash = (Math.imul(hash, 31) + pixel) | 0;
  }
  return `${hash >>> 0} ${scene.rays} rays`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
