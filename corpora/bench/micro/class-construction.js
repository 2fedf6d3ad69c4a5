// expect: 16217028
// scale: 300
// about: construction of derived classes with fields, private fields, static counters

class Account {
  static opened = 0;
  currency = 'EUR';
  #balance = 0;

  constructor(balance) {
    this.#balance = balance;
    Account.opened = (Account.opened + 1) & 0xffff;
  }

  get balance() {
    return this.#balance;
  }

  deposit(amount) {
    this.#balance += amount;
  }
}

class Savings extends Account {
  rate = 3;
  #months = 0;

  constructor(balance, owner) {
    super(balance);
    this.owner = owner;
  }

  month() {
    this.#months++;
    this.deposit(Math.floor((this.balance * this.rate) / 1200));
    return this.#months;
  }
}

function unit() {
  Account.opened = 0;
  let sum = 0;
  for (let i = 0; i < 1500; i++) {
    const account = new Savings(10000 + i, 'owner');
    account.month();
    account.month();
    sum += account.balance + account.currency.length + account.owner.length;
  }
  return sum + Account.opened;
}

function run(n) {
  let checksum = 0;
  for (let i = 0; i < n; i++) checksum = unit();
  return checksum;
}
