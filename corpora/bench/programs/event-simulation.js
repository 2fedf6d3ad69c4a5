// expect: cover:256/22/92 frame:262/31/98 plate:297/23/71 cut:3678/2 drill:3622/6 weld:1698/2 press:2426/5 paint:5476/3 check:1792/9 815+80+89+89 4342 events
// scale: 20
// about: a factory as discrete events: a binary heap of events, machines, queues, repair crews

// A small linear congruential generator, so that every engine sees the same random numbers.
class Random {
  constructor(seed) {
    this.state = seed >>> 0;
  }

  next() {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 4294967296;
  }

  between(low, high) {
    return low + Math.floor(this.next() * (high - low + 1));
  }

  chance(share) {
    return this.next() < share;
  }
}

// Events come out by time, and in the order they were scheduled when times are equal.
class EventQueue {
  constructor() {
    this.heap = [];
    this.count = 0;
  }

  get isEmpty() {
    return this.heap.length === 0;
  }

  push(time, action) {
    const event = { time, order: this.count++, action };
    const { heap } = this;
    let at = heap.length;
    heap.push(event);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!comesBefore(event, heap[parent])) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = event;
    return event;
  }

  pop() {
    const { heap } = this;
    const first = heap[0];
    const last = heap.pop();
    if (heap.length > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && comesBefore(heap[child + 1], heap[child])) child++;
        if (!comesBefore(heap[child], last)) break;
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = last;
    }
    return first;
  }
}

function comesBefore(a, b) {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}

class Simulation {
  constructor(seed) {
    this.now = 0;
    this.random = new Random(seed);
    this.events = new EventQueue();
    this.handled = 0;
    this.listeners = new Map();
  }

  after(delay, action) {
    return this.events.push(this.now + delay, action);
  }

  on(name, listener) {
    if (!this.listeners.has(name)) this.listeners.set(name, []);
    this.listeners.get(name).push(listener);
  }

  emit(name, subject) {
    const listeners = this.listeners.get(name);
    if (listeners === undefined) return;
    for (const listener of listeners) listener(subject, this.now);
  }

  runUntil(end) {
    while (!this.events.isEmpty) {
      const event = this.events.pop();
      if (event.time > end) break;
      this.now = event.time;
      this.handled++;
      event.action(this);
    }
  }
}

class Part {
  constructor(id, kind, bornAt) {
    this.id = id;
    this.kind = kind;
    this.bornAt = bornAt;
    this.route = Part.routes[kind];
    this.step = 0;
    this.reworks = 0;
  }

  get station() {
    return this.route[this.step];
  }

  get isDone() {
    return this.step >= this.route.length;
  }
}

Part.routes = {
  plate: ['cut', 'drill', 'paint', 'check'],
  frame: ['cut', 'weld', 'drill', 'paint', 'check'],
  cover: ['press', 'paint', 'check'],
};

class Crew {
  constructor(simulation, size) {
    this.simulation = simulation;
    this.free = size;
    this.waiting = [];
    this.repairs = 0;
  }

  request(machine) {
    if (this.free > 0) this.begin(machine);
    else this.waiting.push(machine);
  }

  begin(machine) {
    this.free--;
    this.repairs++;
    this.simulation.after(this.simulation.random.between(15, 40), () => {
      this.free++;
      machine.repaired();
      const next = this.waiting.shift();
      if (next !== undefined) this.begin(next);
    });
  }
}

class Machine {
  constructor(simulation, factory, index) {
    this.simulation = simulation;
    this.factory = factory;
    this.index = index;
    this.part = null;
    this.isBroken = false;
    this.busyTime = 0;
    this.wear = 0;
  }

  get isFree() {
    return this.part === null && !this.isBroken;
  }

  serviceTime() {
    return this.simulation.random.between(4, 9);
  }

  accept(part) {
    this.part = part;
    const time = this.serviceTime(part);
    this.busyTime += time;
    this.simulation.after(time, () => this.finish());
  }

  finish() {
    const { part } = this;
    this.part = null;
    this.wear++;
    if (this.simulation.random.chance(0.01 + this.wear / 2000)) this.breakDown();
    this.release(part);
  }

  release(part) {
    part.step++;
    this.factory.send(part);
    this.factory.pull(this);
  }

  breakDown() {
    this.isBroken = true;
    this.simulation.emit('broken', this);
    this.factory.crew.request(this);
  }

  repaired() {
    this.isBroken = false;
    this.wear = 0;
    this.simulation.emit('repaired', this);
    this.factory.pull(this);
  }
}

class Press extends Machine {
  serviceTime() {
    return super.serviceTime() + 3;
  }
}

class Painter extends Machine {
  constructor(simulation, factory, index) {
    super(simulation, factory, index);
    this.colour = '';
  }

  // A change of colour costs time for cleaning.
  serviceTime(part) {
    const isChange = this.colour !== part.kind;
    this.colour = part.kind;
    return isChange ? 8 : 3;
  }
}

class Inspector extends Machine {
  serviceTime() {
    return 2;
  }

  release(part) {
    if (part.reworks < 2 && this.simulation.random.chance(0.08)) {
      part.reworks++;
      part.step = part.route.indexOf('paint');
      this.simulation.emit('rework', part);
      this.factory.send(part);
      this.factory.pull(this);
    } else super.release(part);
  }
}

const stationPlans = [
  { name: 'cut', machine: Machine, count: 2 },
  { name: 'drill', machine: Machine, count: 2 },
  { name: 'weld', machine: Machine, count: 1 },
  { name: 'press', machine: Press, count: 1 },
  { name: 'paint', machine: Painter, count: 3 },
  { name: 'check', machine: Inspector, count: 1 },
];

class Factory {
  constructor(simulation) {
    this.simulation = simulation;
    this.crew = new Crew(simulation, 2);
    this.stations = new Map();
    this.finished = [];
    this.nextId = 1;
    for (const { name, machine: Kind, count } of stationPlans) {
      const station = { name, queue: [], machines: [], longest: 0 };
      for (let i = 0; i < count; i++) {
        const machine = new Kind(simulation, this, i);
        machine.station = station;
        station.machines.push(machine);
      }
      this.stations.set(name, station);
    }
  }

  start() {
    const { random } = this.simulation;
    const kinds = Object.keys(Part.routes);
    const arrive = () => {
      this.send(new Part(this.nextId++, kinds[random.between(0, kinds.length - 1)], this.simulation.now));
      this.simulation.after(random.between(2, 10), arrive);
    };
    arrive();
  }

  send(part) {
    if (part.isDone) {
      this.finished.push(part);
      this.simulation.emit('finished', part);
      return;
    }
    const station = this.stations.get(part.station);
    const free = station.machines.find((machine) => machine.isFree);
    if (free !== undefined && station.queue.length === 0) free.accept(part);
    else {
      station.queue.push(part);
      station.longest = Math.max(station.longest, station.queue.length);
    }
  }

  pull(machine) {
    const { queue } = machine.station;
    if (machine.isFree && queue.length > 0) machine.accept(queue.shift());
  }
}

class Report {
  constructor(simulation) {
    this.counts = { finished: 0, rework: 0, broken: 0, repaired: 0 };
    this.leadTimes = {};
    for (const name of Object.keys(this.counts))
      simulation.on(name, () => {
        this.counts[name]++;
      });
    simulation.on('finished', (part, now) => {
      this.leadTimes[part.kind] ??= [];
      this.leadTimes[part.kind].push(now - part.bornAt);
    });
  }

  summary(factory) {
    const lines = Object.entries(this.leadTimes)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([kind, times]) => {
        const sorted = [...times].sort((a, b) => a - b);
        return `${kind}:${sorted.length}/${sorted[sorted.length >> 1]}/${sorted[sorted.length - 1]}`;
      });
    for (const { name, machines, longest } of factory.stations.values())
      lines.push(`${name}:${machines.reduce((sum, { busyTime }) => sum + busyTime, 0)}/${longest}`);
    const { finished, rework, broken, repaired } = this.counts;
    return `${lines.join(' ')} ${finished}+${rework}+${broken}+${repaired}`;
  }
}

function unit() {
  const simulation = new Simulation(2024);
  const factory = new Factory(simulation);
  const report = new Report(simulation);
  factory.start();
  simulation.runUntil(5000);
  return `${report.summary(factory)} ${simulation.handled} events`;
}

function run(n) {
  let checksum = '';
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
