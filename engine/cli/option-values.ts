// What the subcommands of the command line share: mistakes with hints, requests that end parsing, amounts.

export class Mistake {
  readonly message: string;
  readonly hint: string;
  constructor(message: string, hint = 'kataan --help lists the options') {
    this.message = message;
    this.hint = hint;
  }
}

/** Ends parsing with what it asks for. */
export class Request {
  readonly kind: 'help' | 'version';
  constructor(kind: 'help' | 'version') {
    this.kind = kind;
  }
}

const SUFFIXES = ['', 'k', 'm', 'g'];

/** A positive number, with a power of `unit` as k, M or G behind it. */
export function amountOf(name: string, text: string, unit: number): number {
  const match = /^([0-9][0-9_]*(?:\.[0-9]+)?(?:e[0-9]+)?)([kmg]?)$/i.exec(text);
  const amount =
    match === null
      ? Number.NaN
      : Number(match[1].replaceAll('_', '')) * unit ** SUFFIXES.indexOf(match[2].toLowerCase());
  if (!(amount >= 1) || amount === Number.POSITIVE_INFINITY) {
    throw new Mistake(
      `${name} needs a positive number, not '${text}'`,
      `for example ${name} 1000 or ${name} 2M`,
    );
  }
  return Math.floor(amount);
}
