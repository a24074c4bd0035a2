import type { Grants } from '../grants.ts';
import { isByteSink } from './sinks.ts';
import { isByteSource } from './sources.ts';

/**
 * Checks that grants have the form that their type says, for users whose programs nobody type-checks: a misspelt grant
 * would deny what it was written for, or a misspelt limit would not limit. `networkGrants` checks its own.
 *
 * @throws TypeError with the path of the mistake, what was expected, and what was given
 */
export function checkGrants(grants: unknown): asserts grants is Grants {
  if (!isObject(grants) || Array.isArray(grants)) throw wrong('grants', 'an object', grants);
  refuseOthers('grants', grants, [...CHECKS.keys(), 'net', 'listen', 'http']);
  for (const [name, check] of CHECKS) {
    const value = grants[name];
    if (value !== undefined) check(`grants.${name}`, value);
  }
}

type Check = (path: string, value: unknown) => void;

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ['dirs', (path, value) => each(path, value, 'directories', checkDirectory)],
  ['env', checkEnv],
  ['args', (path, value) => each(path, value, 'strings', checkCString)],
  ['stdin', checkInput],
  ['stdout', checkOutput],
  ['stderr', checkOutput],
  ['clocks', checkClocks],
  ['random', checkRandom],
  ['exit', checkBoolean],
  ['onRefused', checkFunction],
  ['onCall', checkFunction],
  ['limits', checkLimits],
]);

function checkDirectory(path: string, value: unknown): void {
  if (!isObject(value)) throw wrong(path, 'an object', value);
  refuseOthers(path, value, ['host', 'guest', 'write']);
  const { host, guest, write } = value;
  if (!isObject(host) && typeof host !== 'string')
    throw wrong(`${path}.host`, 'a path or an open directory', host);
  if (isObject(host) && host['kind'] !== 'directory')
    throw wrong(`${path}.host`, 'a path or an open directory', host);
  if (typeof host === 'string') checkCString(`${path}.host`, host);
  if (host === '') throw wrong(`${path}.host`, 'a path or an open directory', host);
  checkCString(`${path}.guest`, guest);
  if (!String(guest).startsWith('/'))
    throw wrong(`${path}.guest`, 'an absolute path, such as `/data`', guest);
  if (String(guest).split('/').includes('..')) throw wrong(`${path}.guest`, 'a path without `..`', guest);
  if (write !== undefined) checkBoolean(`${path}.write`, write);
}

function checkEnv(path: string, value: unknown): void {
  if (!isObject(value) || Array.isArray(value)) throw wrong(path, 'an object of strings', value);
  for (const [name, text] of Object.entries(value)) {
    checkCString(`${path}[${JSON.stringify(name)}]`, text);
    if (name === '' || /[=\0]/u.test(name)) throw wrong(path, 'names without `=` and NUL', name);
  }
}

function checkInput(path: string, value: unknown): void {
  const what =
    '`inherit`, or text as bytes; a Uint8Array, a ReadableStream, an iterable of Uint8Array or a ByteSource';
  if (typeof value === 'string' || value instanceof Uint8Array) return;
  if (!isObject(value)) throw wrong(path, what, value);
  if (isByteSource(value) || 'getReader' in value) return;
  if (!(Symbol.asyncIterator in value || Symbol.iterator in value)) throw wrong(path, what, value);
}

function checkOutput(path: string, value: unknown): void {
  if (value === 'inherit' || typeof value === 'function') return;
  if (!isObject(value) || !(isByteSink(value) || 'getWriter' in value))
    throw wrong(path, '`inherit`, a function, a WritableStream or a ByteSink', value);
}

function checkClocks(path: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  if (!isObject(value)) throw wrong(path, 'a boolean or an object', value);
  refuseOthers(path, value, ['wall', 'monotonic']);
  for (const [name, clock] of Object.entries(value))
    if (clock !== undefined && typeof clock !== 'function')
      checkBigInt(`${path}.${name}`, clock, 64n, 'or a function that returns one');
}

function checkRandom(path: string, value: unknown): void {
  if (typeof value === 'boolean') return;
  if (!isObject(value)) throw wrong(path, 'a boolean or an object with a seed', value);
  refuseOthers(path, value, ['seed']);
  checkBigInt(`${path}.seed`, value['seed'], 256n);
}

function checkLimits(path: string, value: unknown): void {
  if (!isObject(value)) throw wrong(path, 'an object', value);
  refuseOthers(path, value, ['descriptors', 'bytesPerCall', 'headerBytes']);
  for (const [name, limit] of Object.entries(value)) {
    if (limit === undefined) continue;
    if (!Number.isSafeInteger(limit) || Number(limit) < 1 || Number(limit) > 0x7fff_ffff)
      throw wrong(`${path}.${name}`, 'a whole number from 1 to 2^31 - 1', limit);
  }
}

function checkBigInt(path: string, value: unknown, bits: bigint, alternative = ''): void {
  if (typeof value !== 'bigint' || value < 0n || value >= 2n ** bits)
    throw wrong(path, `a bigint from 0 to 2^${bits} - 1${alternative && ` ${alternative}`}`, value);
}

function checkBoolean(path: string, value: unknown): void {
  if (typeof value !== 'boolean') throw wrong(path, 'a boolean', value);
}

function checkFunction(path: string, value: unknown): void {
  if (typeof value !== 'function') throw wrong(path, 'a function', value);
}

/** Preview 1 ends each string with a NUL character, so that one with a NUL inside would be two. */
function checkCString(path: string, value: unknown): void {
  if (typeof value !== 'string') throw wrong(path, 'a string', value);
  if (value.includes('\0')) throw wrong(path, 'a string without NUL characters', value);
}

function each(path: string, value: unknown, what: string, check: Check): void {
  if (!Array.isArray(value)) throw wrong(path, `an array of ${what}`, value);
  for (const [index, item] of value.entries()) check(`${path}[${index}]`, item);
}

function refuseOthers(path: string, value: object, names: readonly string[]): void {
  for (const name of Object.keys(value))
    if (!names.includes(name))
      throw new TypeError(`${path}: \`${name}\` is unknown; expected ${names.join(', ')}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function wrong(path: string, expected: string, got: unknown): TypeError {
  return new TypeError(`${path}: expected ${expected}, got ${described(got)}`);
}

function described(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (Array.isArray(value)) return 'an array';
  if (value === null || ['number', 'bigint', 'boolean', 'undefined'].includes(typeof value))
    return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}
