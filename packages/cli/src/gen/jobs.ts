import path from 'node:path';
import type { GenConfig } from '../config.ts';
import type { CommandContext, WitOptions } from '../command-context.ts';
import { Failure, usageFailure } from '../failure.ts';
import { isEvery } from './async-lists.ts';
import { OPTION_FLAGS, generationOptions, type GivenOptions } from './generation-options.ts';
import { mapWithin } from './interface-map.ts';
import type { Job } from './generations.ts';
import { findConfig, loadConfig } from './load-config.ts';
import { refuseContradictions } from './refused-options.ts';

export interface GenOptions extends Omit<WitOptions, 'world' | keyof GivenOptions>, GivenOptions {
  readonly world?: readonly string[];
  readonly allWorlds?: boolean;
  readonly out?: string;
  readonly guest?: boolean;
  readonly config?: string;
  readonly check?: boolean;
  readonly stub?: boolean;
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
  const file = options.config === undefined ? findConfig(cwd) : path.resolve(cwd, options.config);
  if (file === undefined) throw usageFailure('missing required argument `path`', WITHOUT_CONFIG);
  const { gen } = await loadConfig(file);
  return gen.map((item, index) =>
    ofEntry(`\`gen[${index}]\` in \`${path.basename(file)}\``, () =>
      jobOf(path.dirname(file), item.path, optionsOf(item), cwd, file),
    ),
  );
}

/** Adds to a failure which entry of the config file it is about, because the text has the flags of the options. */
function ofEntry<T>(where: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    throw new Failure(error.exitCode, `${where}: ${error.message}`, error.help);
  }
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
    ...OPTION_FLAGS,
  ];
  // The contract is not a flag that was given unless it is left out.
  const found = names.find(([key]) => options[key] !== undefined && (key !== 'contract' || !options[key]));
  if (found === undefined) return;
  // A value may follow these flags, so a path after one is taken for it.
  const flag = options.asyncImports === undefined ? '--async-exports' : '--async-imports';
  const [name] = options.asyncImports ?? options.asyncExports ?? [];
  const isTaken = name !== undefined && !isEvery(name);
  const help = isTaken ? `if \`${name}\` is the path, write it before \`${flag}\`` : WITHOUT_CONFIG;
  throw usageFailure(`\`${found[1]}\` needs a path: ${WITHOUT_PATH}`, help);
}

const WITHOUT_PATH = 'without one, the config file says what is generated';

function optionsOf({ world, asyncImports, asyncExports, map, ...rest }: GenConfig): GenOptions {
  const imports = listOf(asyncImports);
  const exports = listOf(asyncExports);
  return {
    ...rest,
    ...(world === undefined ? {} : { world: typeof world === 'string' ? [world] : world }),
    ...(map === undefined ? {} : { map: Object.entries(map).map(([name, module]) => `${name}=${module}`) }),
    ...(imports === undefined ? {} : { asyncImports: imports }),
    ...(exports === undefined ? {} : { asyncExports: exports }),
  };
}

function listOf(names: GenConfig['asyncExports']): readonly string[] | undefined {
  if (typeof names === 'boolean') return names ? ['all'] : undefined;
  return names;
}

function jobOf(base: string, given: string, options: GenOptions, cwd: string, config?: string): Job {
  refuseContradictions(options);
  const { world = [], allWorlds = false } = options;
  const input = given === '-' ? '-' : path.resolve(base, given);
  const directory = outputDirectoryOf(base, given, options.out);
  return {
    // Messages show a path as the user wrote it, if it works from the current directory.
    given: base === cwd ? given : path.relative(cwd, input) || '.',
    input,
    worlds: allWorlds ? 'all' : world,
    side: options.guest === true ? 'guest' : 'host',
    options: generationOptions({ ...options, map: mapWithin(base, directory, options.map ?? []) }),
    directory,
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
