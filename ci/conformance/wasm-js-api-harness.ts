// The part of the Web Platform's test harness that the tests of the WebAssembly JavaScript API use, as a script of the guest.
// It runs each test of a file and reports name and failure through two functions of the host.
// https://web-platform-tests.org/writing-tests/testharness-api.html

/** Name of the host's function that gets (test, failure or null). */
export const REPORT_TEST = '__reportTest';
/** Name of the host's function that is told that all tests of the file have ended. */
export const REPORT_END = '__reportEnd';

/** Defines the harness's functions as globals. */
export const HARNESS_SOURCE = `
(() => {
'use strict';
const report = globalThis.${REPORT_TEST};
const end = globalThis.${REPORT_END};
delete globalThis.${REPORT_TEST};
delete globalThis.${REPORT_END};

class AssertionError extends Error {}

function check(condition, description, text) {
  if (!condition) throw new AssertionError(description ? description + ': ' + text : text);
}

function format_value(value) {
  switch (typeof value) {
    case 'string': return JSON.stringify(value);
    case 'bigint': return value + 'n';
    case 'number': return Object.is(value, -0) ? '-0' : String(value);
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return '[' + value.map(format_value).join(', ') + ']';
    case 'function':
      try { return typeof value + ' "' + String(value).slice(0, 60) + '"'; }
      catch { return typeof value; }
    default: return String(value);
  }
}

function assert_true(actual, description) {
  check(actual === true, description, 'expected true, got ' + format_value(actual));
}
function assert_false(actual, description) {
  check(actual === false, description, 'expected false, got ' + format_value(actual));
}
function assert_equals(actual, expected, description) {
  check(Object.is(actual, expected), description,
    'expected ' + format_value(expected) + ', got ' + format_value(actual));
}
function assert_not_equals(actual, expected, description) {
  check(!Object.is(actual, expected), description, 'got the disallowed value ' + format_value(actual));
}
function assert_array_equals(actual, expected, description) {
  check(typeof actual === 'object' && actual !== null && 'length' in actual, description,
    'expected an array, got ' + format_value(actual));
  check(actual.length === expected.length, description,
    'expected ' + expected.length + ' elements, got ' + actual.length);
  for (let i = 0; i < actual.length; i++) {
    check(actual.hasOwnProperty(i) === expected.hasOwnProperty(i), description, 'element ' + i + ' is or is not there');
    assert_equals(actual[i], expected[i], (description ?? '') + ' element ' + i);
  }
}
function assert_class_string(object, name, description) {
  assert_equals(Object.prototype.toString.call(object), '[object ' + name + ']', description);
}
function assert_own_property(object, name, description) {
  check(Object.prototype.hasOwnProperty.call(object, name), description, 'no property ' + String(name));
}
function assert_not_own_property(object, name, description) {
  check(!Object.prototype.hasOwnProperty.call(object, name), description, 'unexpected property ' + String(name));
}
function assert_unreached(description) {
  check(false, description, 'this must not be reached');
}
function checkThrown(thrown, constructor, description) {
  check(typeof thrown === 'object' && thrown !== null, description, 'threw ' + format_value(thrown) + ', no object');
  check(thrown.constructor === constructor, description,
    'threw ' + format_value(thrown) + ' instead of a ' + constructor.name);
}
function caughtFrom(func, description) {
  try { func(); } catch (thrown) { return thrown; }
  check(false, description, 'did not throw');
}
function assert_throws_js(constructor, func, description) {
  checkThrown(caughtFrom(func, description), constructor, description);
}
function assert_throws_exactly(exception, func, description) {
  assert_equals(caughtFrom(func, description), exception, description);
}
// The older form, whose first argument is an instance of the expected class.
function assert_throws(exception, func, description) {
  checkThrown(caughtFrom(func, description), exception.constructor, description);
}
async function rejectionOf(promise, description) {
  try { await promise; } catch (reason) { return reason; }
  check(false, description, 'did not reject');
}
async function promise_rejects_js(test, constructor, promise, description) {
  checkThrown(await rejectionOf(promise, description), constructor, description);
}
async function promise_rejects(test, exception, promise, description) {
  checkThrown(await rejectionOf(promise, description), exception.constructor, description);
}
async function promise_rejects_exactly(test, exception, promise, description) {
  assert_equals(await rejectionOf(promise, description), exception, description);
}

let count = 0;
class Test {
  constructor(name) {
    count++;
    this.name = name ?? 'unnamed ' + count;
    this.cleanups = [];
  }
  unreached_func(description) {
    return () => assert_unreached(description);
  }
  step_func(func) { return func; }
  step(func, thisValue, ...args) { return func.apply(thisValue, args); }
  add_cleanup(func) { this.cleanups.push(func); }
  end(failure) {
    for (const cleanup of this.cleanups) cleanup();
    report(this.name, failure);
  }
}
function describe(thrown) {
  if (thrown instanceof AssertionError) return thrown.message;
  try { return String(thrown); } catch { return 'something without a text'; }
}

function test(func, name) {
  const t = new Test(name);
  let failure = null;
  try { func.call(t, t); } catch (thrown) { failure = describe(thrown); }
  t.end(failure);
}
let queue = Promise.resolve();
function promise_test(func, name) {
  const t = new Test(name);
  queue = queue.then(async () => {
    let failure = null;
    try { await func.call(t, t); } catch (thrown) { failure = describe(thrown); }
    t.end(failure);
  });
}
function setup(func) {
  if (typeof func === 'function') func();
}
function done() {}

Object.assign(globalThis, {
  self: globalThis, format_value, test, promise_test, setup, done,
  assert_true, assert_false, assert_equals, assert_not_equals, assert_array_equals, assert_class_string,
  assert_own_property, assert_not_own_property, assert_unreached, assert_throws_js, assert_throws_exactly,
  assert_throws, promise_rejects_js, promise_rejects, promise_rejects_exactly,
});
// Runs after the file's own code: the last promise of the queue is the end.
globalThis.${REPORT_END} = () => { queue.then(end); };
})();
`;
