import path from 'node:path';
import type { GenConfig } from '../config.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';
import { usageFailure } from '../failure.ts';
import { extensionOf, type Job } from './generations.ts';
import { findConfig, loadConfig } from './load-config.ts';

export interface GenOptions extends Omit<WitOptions, 'world'> {
  readonly world?: readonly string[];
  readonly allWorlds?: boolean;
  readonly out?: string;
  readonly guest?: boolean;
  readonly asyncExports?: readonly string[];
  readonly importExtension?: string;
  readonly config?: string;
  readonly check?: boolean;
  readonly watch?: boolean;
  readonly force?: boolean;
}

/** Returns what one call of the command generates: its path, or what the config file says. */
export async function jobsOf(
  context: CommandContext,
  given: string | undefined,
  options: GenOptions,
): Promise<readonly Job[]> {
  const { cwd } = context.io;
  if (given !== undefined) {
    if (options.config !== undefined)
      throw usageFailure('a path and `--config` exclude each other', 'the config file names the paths');
    return [jobOf(cwd, given, options, cwd)];
  }
  refuseConfigured(options);
  const file = options.config === undefined ? await findConfig(cwd) : path.resolve(cwd, options.config);
  if (file === undefined) throw usageFailure('missing required argument `path`', WITHOUT_CONFIG);
  const { gen } = await loadConfig(file);
  return gen.map((item) => jobOf(path.dirname(file), item.path, optionsOf(item), cwd, file));
}

const WITHOUT_CONFIG =
  'give the path of the WIT, or name the worlds of this directory in a `wit-ts.config.ts`';

/** @throws Failure if an option is given that belongs to a path */
function refuseConfigured(options: GenOptions): void {
  const names: readonly (readonly [keyof GenOptions, string])[] = [
    ['world', '--world'],
    ['allWorlds', '--all-worlds'],
    ['out', '--out'],
    ['guest', '--guest'],
    ['asyncExports', '--async-exports'],
    ['importExtension', '--import-extension'],
    ['features', '--features'],
    ['allFeatures', '--all-features'],
  ];
  const found = names.find(([key]) => options[key] !== undefined);
  if (found === undefined) return;
  const [name] = options.asyncExports ?? [];
  // A value may follow the flag, so a path after it is taken for one.
  const isTaken = name !== undefined && name !== 'all';
  const help = isTaken ? `if \`${name}\` is the path, write it before \`--async-exports\`` : WITHOUT_CONFIG;
  throw usageFailure(`\`${found[1]}\` needs a path: ${WITHOUT_PATH}`, help);
}

const WITHOUT_PATH = 'without one, the config file says what is generated';

function optionsOf({ world, asyncExports = false, ...rest }: GenConfig): GenOptions {
  return {
    ...rest,
    ...(world === undefined ? {} : { world: typeof world === 'string' ? [world] : world }),
    ...(asyncExports === false ? {} : { asyncExports: asyncExports === true ? ['all'] : asyncExports }),
  };
}

function jobOf(base: string, given: string, options: GenOptions, cwd: string, config?: string): Job {
  const { world = [], allWorlds = false, importExtension = '.js' } = options;
  if (allWorlds && world.length > 0)
    throw usageFailure('`--world` and `--all-worlds` exclude each other: choose one of them');
  if (options.asyncExports !== undefined && options.guest !== true)
    throw usageFailure(
      '`--async-exports` needs `--guest`',
      'only the author of a component chooses how to write an export; a host calls it as WIT declares it',
    );
  extensionOf(importExtension);
  const input = given === '-' ? '-' : path.resolve(base, given);
  return {
    // Messages show a path as the user wrote it, if it works from the current directory.
    given: base === cwd ? given : path.relative(cwd, input) || '.',
    input,
    worlds: allWorlds ? 'all' : world,
    side: options.guest === true ? 'guest' : 'host',
    options: {
      asyncExports: options.asyncExports ?? [],
      importExtension,
      features: options.features ?? [],
      allFeatures: options.allFeatures ?? false,
    },
    directory: outputDirectoryOf(base, given, options.out),
    ...(config === undefined ? {} : { config }),
  };
}

/**
 * Returns `generated/` beside the input; if the input contains the current directory, `generated/` in the current
 * directory.
 */
function outputDirectoryOf(base: string, given: string, out: string | undefined): string {
  if (out !== undefined) return path.resolve(base, out);
  if (given === '-') return path.resolve(base, 'generated');
  const input = path.resolve(base, given);
  const isAround =
    base === input || base.startsWith(input.endsWith(path.sep) ? input : `${input}${path.sep}`);
  return path.join(isAround ? base : path.dirname(input), 'generated');
}
