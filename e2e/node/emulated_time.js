// The emulator's time, in which a story of months is told. The Go test that runs the story moves the clock: it is asked
// by a line on stdout, `advance SECONDS`, and answers on stdin with the milliseconds since 1970 that it is then.
'use strict';

const readline = require('node:readline');

const answers = readline.createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const Machine = Date;
let ahead = 0;
let emulated = 0;

// Signatures are dated by what the SDK finds as Date.
globalThis.Date = class extends Machine {
  constructor(...args) {
    super(...(args.length ? args : [Machine.now() + ahead]));
  }

  static now() {
    return Machine.now() + ahead;
  }
};

async function pass(seconds) {
  console.log(`advance ${seconds}`);
  emulated = Number((await answers.next()).value);
  ahead = emulated - Machine.now();
}

const minutes = (n) => 60 * n;
const days = (n) => 24 * minutes(60) * n;

// addMonths is n calendar months later, on the same day or the month's last.
function addMonths(at, n) {
  const day = new Machine(at);
  const last = new Machine(Machine.UTC(day.getUTCFullYear(), day.getUTCMonth() + n + 1, 0)).getUTCDate();
  return Machine.UTC(day.getUTCFullYear(), day.getUTCMonth() + n, Math.min(day.getUTCDate(), last),
    day.getUTCHours(), day.getUTCMinutes(), day.getUTCSeconds());
}

module.exports = {
  pass,
  minutes,
  days,
  addMonths,
  now: () => emulated,
  passTo: (at) => pass((at - emulated) / 1000),
  iso: (at) => `${new Machine(at).toISOString().slice(0, 19)}Z`, // as CVM writes an instant
};
