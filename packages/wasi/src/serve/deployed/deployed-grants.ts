import { memoryDirectory } from '../../files/memory/open-memory-directory.ts';
import type { FileTree } from '../../files/memory/file-tree.ts';
import type { OpenDirectory } from '../../files/node.ts';
import type { Grants } from '../../grants.ts';
import { checkGrants } from '../../system/check-grants.ts';
import { networkGrants } from '../../system/network-grants.ts';
import { preopenPaths } from '../../system/preopens.ts';
import { checkHandlerOptions } from '../check-options.ts';
import type { HandlerLimits } from '../options.ts';

/**
 * What a deployed component may use, and how it is served, as JSON. Nothing is granted that is absent. The members have
 * the meaning that they have in `Grants`; those below differ.
 */
export interface DeployedGrants extends Pick<Grants, 'args' | 'env' | 'http' | 'exit'> {
  readonly dirs?: readonly DeployedDirectory[];
  /** The bindings of the worker that are variables of the component, or true for all that are text. */
  readonly bindings?: true | readonly string[];
  readonly clocks?: boolean;
  /** The seed is a decimal number. */
  readonly random?: boolean | { readonly seed: string };
  /** True for lines in the log of the worker. */
  readonly stdout?: boolean;
  readonly stderr?: boolean;
  /** `request` by default: requests share nothing. In a pool, an instance has one request after the other. */
  readonly instances?: 'request' | 'pool';
  readonly limits?: Pick<HandlerLimits, 'milliseconds' | 'bodyBytes' | 'requestsPerInstance'>;
}

/** A directory of files that the component can only read. */
interface DeployedDirectory {
  readonly guest: string;
  readonly files: FileIndex;
}

/** Where each file is in the bytes of all files: its first byte and its length. */
export interface FileIndex {
  readonly [name: string]: readonly [start: number, length: number] | FileIndex;
}

/** The grants of a worker, ready for its instances. */
export interface ReadGrants {
  readonly options: Pick<DeployedGrants, 'instances' | 'limits'>;
  readonly stdout: boolean;
  readonly stderr: boolean;
  /** @param bindings the bindings of the worker */
  grants(bindings: object): Grants;
}

const MEMBERS: ReadonlySet<string> = new Set<keyof DeployedGrants>([
  'args',
  'env',
  'bindings',
  'http',
  'dirs',
  'clocks',
  'random',
  'stdout',
  'stderr',
  'exit',
  'instances',
  'limits',
]);

const LIMITS: ReadonlySet<string> = new Set<keyof NonNullable<DeployedGrants['limits']>>([
  'milliseconds',
  'bodyBytes',
  'requestsPerInstance',
]);

/**
 * Reads the grants of a worker.
 *
 * @param files the bytes of all files
 * @throws TypeError with the path of the mistake, what was expected, and what was given
 */
export function readDeployedGrants(data: unknown, files: Uint8Array = new Uint8Array()): ReadGrants {
  checkMembers('grants', data, MEMBERS);
  const { bindings = [], dirs = [], clocks, random, stdout, stderr, instances, limits, ...same } = data;
  const flags = { stdout, stderr, ...(typeof random === 'object' ? {} : { random }), clocks };
  for (const [name, value] of Object.entries(flags))
    if (value !== undefined && typeof value !== 'boolean') throw wrong(`grants.${name}`, 'a boolean', value);
  if (bindings !== true && !isNames(bindings))
    throw wrong('grants.bindings', 'true or a list of names', bindings);
  if (limits !== undefined) checkMembers('grants.limits', limits, LIMITS);
  if (!Array.isArray(dirs)) throw wrong('grants.dirs', 'a list of directories', dirs);
  const granted: Grants = {
    ...(same as Pick<Grants, 'args' | 'env' | 'http' | 'exit'>),
    dirs: dirs.map((each: unknown, index) => readDirectory(each, `grants.dirs[${index}]`, files)),
    ...(clocks === undefined ? {} : { clocks: clocks as boolean }),
    ...(random === undefined ? {} : { random: readRandom(random) }),
  };
  checkGrants(granted);
  networkGrants(granted);
  preopenPaths(granted.dirs ?? []);
  const options = { instances, limits } as Pick<DeployedGrants, 'instances' | 'limits'>;
  checkHandlerOptions(definedOnly(options), 'grants');
  return {
    options: definedOnly(options),
    stdout: stdout === true,
    stderr: stderr === true,
    grants: (given) => ({ ...granted, env: { ...texts(given, bindings), ...granted.env } }),
  };
}

/** Returns the bindings that are text, without those that an environment of WASI cannot have. */
function texts(given: object, names: true | readonly string[]): Record<string, string> {
  const found = Object.entries(given).filter(
    ([name, value]) =>
      typeof value === 'string' && (names === true || names.includes(name)) && !value.includes('\0'),
  );
  return Object.fromEntries(found) as Record<string, string>;
}

function readRandom(random: unknown): boolean | { readonly seed: bigint } {
  if (typeof random === 'boolean') return random;
  checkMembers('grants.random', random, new Set(['seed']));
  const { seed } = random;
  if (typeof seed === 'string' && /^\d{1,78}$/u.test(seed)) return { seed: BigInt(seed) };
  throw wrong('grants.random.seed', 'a number as text', seed);
}

function readDirectory(
  given: unknown,
  at: string,
  bytes: Uint8Array,
): { readonly host: OpenDirectory; readonly guest: string } {
  checkMembers(at, given, new Set(['guest', 'files']));
  const { guest, files } = given;
  const tree = readTree(files, `${at}.files`, bytes, 0);
  // `checkGrants` checks the path.
  return { host: memoryDirectory(tree, { bytes: bytes.length, now: () => 0n }), guest: guest as string };
}

/** The deepest directory; each level costs a call here. */
const DEEPEST = 256;

function readTree(given: unknown, at: string, bytes: Uint8Array, depth: number): FileTree {
  if (!isObject(given)) throw wrong(at, 'an object of files', given);
  if (depth > DEEPEST) throw new TypeError(`${at}: directories are nested more than ${DEEPEST} deep`);
  const tree = Object.create(null) as Record<string, FileTree[string]>;
  for (const [name, value] of Object.entries(given)) {
    const path = `${at}[${JSON.stringify(name)}]`;
    if (!Array.isArray(value)) {
      tree[name] = readTree(value, path, bytes, depth + 1);
      continue;
    }
    const [start, length] = value as unknown[];
    if (value.length !== 2 || !isCount(start) || !isCount(length) || start + length > bytes.length)
      throw wrong(path, 'a place in the bytes of the files', value);
    tree[name] = bytes.subarray(start, start + length);
  }
  return tree;
}

function checkMembers(
  at: string,
  value: unknown,
  names: ReadonlySet<string>,
): asserts value is Readonly<Record<string, unknown>> {
  if (!isObject(value)) throw wrong(at, 'an object', value);
  for (const name of Object.keys(value))
    if (!names.has(name))
      throw new TypeError(`${at}: ${JSON.stringify(name)} is unknown; expected ${[...names].join(', ')}`);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

function isNames(value: unknown): value is readonly string[] {
  return (
    Array.isArray(value) && value.every((each) => typeof each === 'string' && /^[^\p{C}=]+$/u.test(each))
  );
}

function definedOnly<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined)) as T;
}

function wrong(path: string, expected: string, got: unknown): TypeError {
  const shown = JSON.stringify(got) ?? typeof got;
  return new TypeError(`${path}: expected ${expected}, got ${shown.slice(0, 80)}`);
}
