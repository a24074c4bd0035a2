import type { AsyncFunctions } from '@wit-ts/bindgen';
import { nearest } from '@wit-ts/diagnostics';
import type { Direction, World } from '@wit-ts/model';
import { usageFailure } from '../failure.ts';
import type { GenerationOptions } from './generation-options.ts';

/** Returns true for a value of `--async-imports` and `--async-exports` that stands for all functions. */
export function isEvery(name: string): boolean {
  return name === 'all' || name === '*';
}

/** Returns those of the listed functions that a world has: a list may be for several worlds. */
export async function namesIn(
  world: World,
  direction: Direction,
  chosen: readonly string[],
): Promise<AsyncFunctions> {
  if (chosen.length === 0) return false;
  if (chosen.some(isEvery)) return true;
  const { asyncFunctionNames } = await import('@wit-ts/bindgen');
  const names = new Set(asyncFunctionNames(world, direction).flat());
  return chosen.filter((name) => names.has(name));
}

/** @throws Failure if no world has an import or an export of a listed name */
export async function refuseUnknownFunctions(
  worlds: readonly World[],
  { asyncImports, asyncExports }: Pick<GenerationOptions, 'asyncImports' | 'asyncExports'>,
): Promise<void> {
  await refuseUnknown(worlds, 'import', asyncImports);
  await refuseUnknown(worlds, 'export', asyncExports);
}

const SHOWN = 12;

async function refuseUnknown(
  worlds: readonly World[],
  direction: Direction,
  chosen: readonly string[],
): Promise<void> {
  if (chosen.length === 0) return;
  const { asyncFunctionNames } = await import('@wit-ts/bindgen');
  const functions = worlds.flatMap((world) => asyncFunctionNames(world, direction));
  const unknown = chosen.find((name) => !isEvery(name) && !functions.some((names) => names.includes(name)));
  if (unknown === undefined) return;
  const which = worlds.map(({ name }) => `\`${name}\``).join(' and ');
  const verb = worlds.length === 1 ? `${direction}s` : direction;
  throw usageFailure(
    `\`--async-${direction}s\`: ${which} ${verb} no function \`${unknown}\` that can be asynchronous`,
    helpFor(unknown, functions, direction),
  );
}

function helpFor(unknown: string, functions: readonly (readonly string[])[], direction: Direction): string {
  if (functions.length === 0) return `it ${direction}s no functions`;
  const near = nearest(unknown, new Set(functions.flat()));
  if (near !== undefined) return `did you mean \`${near}\`?`;
  const names = [...new Set(functions.map(([first = '']) => `\`${first}\``))];
  const more = names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '';
  return `choose from ${names.slice(0, SHOWN).join(', ')}${more}; an interface stands for all its functions`;
}
