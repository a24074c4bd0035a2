import type { DeployedGrants } from '@wit-ts/transpile';
import { basename, resolve } from 'node:path';
import type { CommandContext } from '../command-context.ts';
import { fileFailure, inputFailure, usageFailure } from '../failure.ts';
import { deniedIn, directoryGrant, ONE_VALUE, refuseSeedWithoutRandom, seedOf } from '../grants/grants-of.ts';
import { readGivenFile } from '../regular-file.ts';
import { EmbeddedFiles } from './embedded-files.ts';

/** The values of `WORKER_OPTIONS`. */
export interface WorkerFlags {
  readonly worker?: boolean;
  readonly grants?: string;
  readonly dir?: readonly string[];
  readonly env?: readonly string[];
  readonly inheritEnv?: boolean;
  readonly http?: readonly string[];
  readonly deny?: readonly string[];
  readonly seed?: string;
}

/** What a worker may use, and the bytes of its files. */
interface WorkerGrants {
  readonly grants: DeployedGrants;
  readonly files?: Uint8Array;
}

/** Returns the first flag that grants something to a worker; `undefined` if none is given. */
export function grantingFlag(flags: WorkerFlags): string | undefined {
  const { grants, dir, env, inheritEnv, http, deny, seed } = flags;
  const granting = { grants, dir, env, 'inherit-env': inheritEnv, http, deny, seed };
  const given = Object.entries(granting).find(([, value]) => value !== undefined);
  return given && `--${given[0]}`;
}

/**
 * Returns what the flags grant to a worker: the defaults of `serve`, which `--deny` takes away, or what the file of
 * `--grants` has, and what the other flags add.
 *
 * @throws Failure when a flag is not in its form, or a file cannot be read
 */
export function workerGrants(
  { io: { cwd } }: CommandContext,
  given: string,
  flags: WorkerFlags,
): WorkerGrants {
  const { bindings, env } = variables(flags);
  const before = flags.grants === undefined ? defaults(given, flags) : grantsFile(cwd, flags.grants);
  if (flags.grants !== undefined && flags.deny !== undefined)
    throw usageFailure('`--deny` takes away defaults, and with `--grants` there are none');
  const files = new EmbeddedFiles();
  const dirs = (flags.dir ?? []).map((text) => {
    const { host, guest, write } = directoryGrant(text, cwd);
    if (write !== false)
      throw usageFailure(
        `--dir ${text}: a worker can only read its files`,
        `add \`:ro\`: --dir ${text.replace(/:rw$/u, '')}:ro`,
      );
    return { guest, files: files.add(String(host)) };
  });
  const merged: DeployedGrants = {
    ...before,
    ...(env.size > 0 && { env: { ...before.env, ...Object.fromEntries(env) } }),
    ...(bindings !== undefined && { bindings: joined(before.bindings, bindings) }),
    ...(flags.http !== undefined && { http: [...(before.http ?? []), ...flags.http] }),
    ...(dirs.length > 0 && { dirs }),
    ...(flags.seed !== undefined && { random: { seed: String(seedOf(flags.seed)) } }),
  };
  return dirs.length === 0 ? { grants: merged } : { grants: merged, files: files.bytes() };
}

/** What `serve` grants without any flag. */
function defaults(given: string, flags: WorkerFlags): DeployedGrants {
  const denied = deniedIn(flags.deny ?? []);
  refuseSeedWithoutRandom(flags, denied);
  const granted = ['clocks', 'random', 'stdout', 'stderr', 'exit'].filter((name) => !denied.has(name));
  return { args: [basename(given)], ...Object.fromEntries(granted.map((name) => [name, true])) };
}

function variables({ env: given = [], inheritEnv }: WorkerFlags): {
  readonly bindings: DeployedGrants['bindings'];
  readonly env: ReadonlyMap<string, string>;
} {
  const env = new Map<string, string>();
  const names: string[] = [];
  /** The values by their names; undefined for the value of a binding. */
  const values = new Map<string, string | undefined>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at === 0 || text === '')
      throw usageFailure(`--env ${text}: the name is missing`, 'write it like --env NAME=value');
    const name = at === -1 ? text : text.slice(0, at);
    const value = at === -1 ? undefined : text.slice(at + 1);
    if (values.has(name) && values.get(name) !== value)
      throw usageFailure(`--env ${name}: the variable has another value already`, ONE_VALUE);
    values.set(name, value);
    if (value === undefined) names.push(name);
    else env.set(name, value);
  }
  return { env, bindings: inheritEnv === true ? true : names.length === 0 ? undefined : names };
}

function joined(
  before: DeployedGrants['bindings'],
  added: NonNullable<DeployedGrants['bindings']>,
): NonNullable<DeployedGrants['bindings']> {
  if (before === true || added === true) return true;
  return [...new Set([...(before ?? []), ...added])];
}

/** Reads the file of `--grants`. `transpileWorker` checks what is in it. */
function grantsFile(cwd: string, given: string): DeployedGrants {
  let text: string;
  try {
    text = readGivenFile(resolve(cwd, given), given).toString('utf8');
  } catch (error) {
    throw fileFailure('read', given, error);
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw inputFailure(`cannot read \`${given}\`: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw inputFailure(`cannot read \`${given}\`: expected an object with grants`);
  if ('dirs' in value)
    throw inputFailure(`\`${given}\`: files are granted with \`--dir\`, which reads them`, 'remove `dirs`');
  return value;
}
