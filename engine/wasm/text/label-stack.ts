// The labels around an instruction of the text format. A name is found without a walk over those that hide it or not: a
// text may have thousands of blocks around millions of branches.

export class LabelStack {
  private readonly names: (string | null)[] = [null];
  /** Where the labels of a name are, the innermost last. */
  private readonly places = new Map<string, number[]>();

  push(name: string | null): void {
    this.names.push(name);
    if (name === null) return;
    const places = this.places.get(name);
    if (places === undefined) this.places.set(name, [this.names.length - 1]);
    else places.push(this.names.length - 1);
  }

  /** Leaves the innermost label, and gives its name. */
  pop(): string | null {
    const name = this.names.pop() ?? null;
    if (name === null) return null;
    const places = this.places.get(name) as number[];
    places.pop();
    if (places.length === 0) this.places.delete(name);
    return name;
  }

  /** How many blocks out the label of a name is, or -1. */
  depthOf(name: string): number {
    const places = this.places.get(name);
    return places === undefined ? -1 : this.names.length - 1 - (places[places.length - 1] as number);
  }
}
