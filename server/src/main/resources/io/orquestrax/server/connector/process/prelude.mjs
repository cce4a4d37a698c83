// Runs before a script: its named arguments become global variables, require works beside import, and what ECMAScript
// 2024 has and an older Node.js has not is there.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

Object.assign(globalThis, JSON.parse(readFileSync(new URL('./arguments.json', import.meta.url), 'utf8')));

globalThis.require ??= createRequire(process.cwd() + '/');

const define = (owner, name, value) => {
  if (!(name in owner)) {
    Object.defineProperty(owner, name, { value, writable: true, configurable: true });
  }
};

define(Promise, 'withResolvers', function withResolvers() {
  let resolve, reject;
  const promise = new this((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
});

define(Map, 'groupBy', function groupBy(items, keyOf) {
  const groups = new Map();
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    if (groups.has(key)) {
      groups.get(key).push(item);
    } else {
      groups.set(key, [item]);
    }
  }
  return groups;
});

define(Object, 'groupBy', function groupBy(items, keyOf) {
  const groups = Object.create(null);
  let index = 0;
  for (const item of items) {
    const key = keyOf(item, index++);
    const name = typeof key === 'symbol' ? key : String(key);
    (groups[name] ??= []).push(item);
  }
  return groups;
});

const moved = (buffer, length, options) => {
  const target = new ArrayBuffer(length, options);
  new Uint8Array(target).set(new Uint8Array(buffer, 0, Math.min(length, buffer.byteLength)));
  structuredClone(buffer, { transfer: [buffer] });
  return target;
};

define(ArrayBuffer.prototype, 'transfer', function transfer(length = this.byteLength) {
  return moved(this, length, this.resizable ? { maxByteLength: this.maxByteLength } : undefined);
});

define(ArrayBuffer.prototype, 'transferToFixedLength', function transferToFixedLength(length = this.byteLength) {
  return moved(this, length, undefined);
});
