// What a host holds of its guests' things and gives back to them: functions that it calls, objects that it passes or returns.
// Guest code can make such a thing grow though nothing of the guest refers to it, so measurements of the heap count it
// for as long as the host's own collector finds it alive.

export class HeldByHost {
  readonly references: Set<WeakRef<object>>;
  private readonly seen: WeakSet<object>;
  private readonly known: WeakSet<object>;

  constructor() {
    this.references = new Set();
    this.seen = new WeakSet();
    this.known = new WeakSet();
  }

  /**
   * The host gives `thing` to guest code. What it gives but once has no reference: hosts keep the target of a new one alive until
   * the running turn of their event loop ends.
   */
  note(thing: object): void {
    if (!this.seen.has(thing)) this.seen.add(thing);
    else if (!this.known.has(thing)) {
      this.known.add(thing);
      this.references.add(new WeakRef(thing));
    }
  }
}
