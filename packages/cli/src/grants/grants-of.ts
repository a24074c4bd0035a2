import { basename, isAbsolute, resolve } from 'node:path';
import type { DirectoryGrant, Grants } from '@wit-ts/wasi/run';
import { usageFailure } from '../failure.ts';

/** The values of `GRANT_OPTIONS`. */
export interface GrantFlags {
  readonly dir?: readonly string[];
  readonly env?: readonly string[];
  readonly inheritEnv?: boolean;
  readonly net?: readonly string[];
  readonly listen?: readonly string[];
  readonly http?: readonly string[];
  readonly inheritNetwork?: boolean;
  readonly deny?: readonly string[];
  readonly seed?: string;
  /** Whether each call is printed. It grants nothing. */
  readonly trace?: boolean;
}

/** Where a program is run. */
interface Surroundings {
  /** As the user wrote it. */
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/**
 * Returns what the flags grant. As in every command line, that includes the standard streams, the clocks, random bytes
 * and the exit code, unless `--deny` takes them away.
 *
 * @throws Failure when a flag is not in its form
 */
export function grantsOf(flags: GrantFlags, { program, args, cwd, env }: Surroundings): Grants {
  const denied = deniedIn(flags.deny ?? []);
  refuseSeedWithoutRandom(flags, denied);
  const all = flags.inheritNetwork === true;
  const stream = (name: string): { [key: string]: 'inherit' } =>
    denied.has(name) ? {} : { [name]: 'inherit' };
  return {
    dirs: (flags.dir ?? []).map((text) => directoryGrant(text, cwd)),
    env: variables(flags, env),
    args: [basename(program), ...args],
    // A program that is read from standard input has used it up.
    ...(program !== '-' && stream('stdin')),
    ...stream('stdout'),
    ...stream('stderr'),
    net: all ? ['*:*'] : (flags.net ?? []),
    listen: all ? ['*:*'] : (flags.listen ?? []),
    http: all ? ['*'] : (flags.http ?? []),
    clocks: !denied.has('clocks'),
    random: denied.has('random') ? false : flags.seed === undefined ? true : { seed: seedOf(flags.seed) },
    exit: !denied.has('exit'),
  };
}

/** @throws Failure when `--seed` chooses random bytes that `--deny` takes away */
export function refuseSeedWithoutRandom({ seed }: GrantFlags, denied: ReadonlySet<string>): void {
  if (seed !== undefined && denied.has('random'))
    throw usageFailure(
      '`--seed` chooses the random bytes, and `--deny random` takes them away',
      'leave one of the two out',
    );
}

const DENIABLE = ['stdin', 'stdout', 'stderr', 'clocks', 'random', 'exit'];

/** Reads `--deny`. @throws Failure for a name that it does not take */
export function deniedIn(names: readonly string[]): ReadonlySet<string> {
  for (const name of names)
    if (!DENIABLE.includes(name))
      throw usageFailure(`--deny: \`${name}\` is unknown`, `it takes ${DENIABLE.join(', ')}`);
  return new Set(names);
}

/** `HOST::GUEST`, or `HOST` alone for the same path in the program, each with `:ro` or `:rw` at its end. */
export function directoryGrant(text: string, cwd: string): DirectoryGrant {
  const [, pair = '', mode] = /^(.*?)(?::(r[ow]))?$/su.exec(text) ?? [];
  const at = pair.lastIndexOf('::');
  const host = at === -1 ? pair : pair.slice(0, at);
  if (host === '') throw usageFailure(`--dir ${text}: the path on the host is missing`, DIRECTORY_HELP);
  const guest = at === -1 ? sameInside(host) : pair.slice(at + 2);
  if (!guest.startsWith('/') || guest.split('/').includes('..'))
    throw usageFailure(`--dir ${text}: the program's path must be absolute, without \`..\``, DIRECTORY_HELP);
  return { host: resolve(cwd, host), guest, write: mode !== 'ro' };
}

const DIRECTORY_HELP = 'write it like --dir ./data::/data, or --dir ./data::/data:ro for reading only';

/**
 * The path under which a program finds a directory that has the same path on the host. A program resolves relative
 * paths from its `/`, so `data` is `/data`, and `.` is `/`. Other paths keep what makes them an error.
 */
function sameInside(host: string): string {
  if (isAbsolute(host)) return host;
  const parts = host.split(/[\\/]/u).filter((part) => part !== '' && part !== '.');
  return `/${parts.join('/')}`;
}

function variables(
  { env: given = [], inheritEnv }: GrantFlags,
  env: Surroundings['env'],
): Record<string, string> {
  const all = new Map<string, string>();
  const chosen = new Map<string, string>();
  if (inheritEnv === true)
    for (const [name, value] of Object.entries(env))
      // Windows has variables such as `=C:`, which no program can have.
      if (value !== undefined && name !== '' && !name.includes('=')) all.set(name, value);
  for (const text of given) {
    const at = text.indexOf('=');
    const name = at === -1 ? text : text.slice(0, at);
    if (name === '')
      throw usageFailure(`--env ${text}: the name is missing`, 'write it like --env NAME=value');
    const value = at === -1 ? env[name] : text.slice(at + 1);
    if (value === undefined)
      throw usageFailure(
        `--env ${name}: the environment has no such variable`,
        `give it a value: --env ${name}=value`,
      );
    const before = chosen.get(name);
    if (before !== undefined && before !== value)
      throw usageFailure(`--env ${name}: the variable has another value already`, ONE_VALUE);
    chosen.set(name, value);
    all.set(name, value);
  }
  return Object.fromEntries(all);
}

/** The help for a variable that is given twice. */
export const ONE_VALUE = 'give it once';

/** Reads `--seed`. @throws Failure when it is not a number */
export function seedOf(text: string): bigint {
  if (/^(?:\d{1,78}|0x[\da-f]{1,64})$/iu.test(text)) {
    const seed = BigInt(text);
    if (seed < 2n ** 256n) return seed;
  }
  throw usageFailure(`--seed ${text}: not a whole number from 0 to 2^256 - 1`);
}
