import { type Failure, usageFailure } from '../failure.ts';
import type { GenOptions } from './jobs.ts';

const ONE_MAPPING = 'the tools that build guests have one mapping';

const ONLY_TYPES = 'a guest has only types';

/** Options that only hosts have, with the reason why guests do not have them. */
const ONLY_FOR_HOSTS: readonly (readonly [key: keyof GenOptions, flag: string, reason: string])[] = [
  ['asyncImports', '--async-imports', 'a guest calls its imports as WIT declares them'],
  ['typePrefix', '--type-prefix', 'the classes that a guest imports have their names'],
  ['map', '--map', 'a guest imports modules by the names of interfaces'],
  ['results', '--results', ONE_MAPPING],
  ['flags', '--flags', ONE_MAPPING],
  ['casing', '--casing', ONE_MAPPING],
  ['importExtension', '--import-extension', 'the declarations of a guest import nothing'],
  ['typesOnly', '--types-only', ONLY_TYPES],
  ['instantiateSync', '--instantiate-sync', ONLY_TYPES],
];

function onlyForHosts(flag: string, reason: string): Failure {
  return usageFailure(
    `\`${flag}\` is for hosts, and \`--guest\` generates for a guest`,
    `${reason}; leave one of the two out`,
  );
}

/** @throws Failure if two options exclude each other */
export function refuseContradictions(options: GenOptions): void {
  const { allWorlds, contract, guest, instantiateSync, typesOnly, world = [] } = options;
  if (allWorlds === true && world.length > 0)
    throw usageFailure('`--world` and `--all-worlds` exclude each other: choose one of them');
  for (const [key, flag, reason] of ONLY_FOR_HOSTS)
    if (guest === true && options[key] !== undefined && options[key] !== false)
      throw onlyForHosts(flag, reason);
  if (guest === true && contract === false) throw onlyForHosts('--no-contract', ONLY_TYPES);
  if (typesOnly === true && instantiateSync === true)
    throw usageFailure(
      '`--types-only` leaves out all functions, and `--instantiate-sync` adds one: choose one of them',
    );
  const form = (['enums', 'variants'] as const).find((key) => (options[key] ?? 'union') !== 'union');
  if (form !== undefined && (guest === true || typesOnly === true))
    throw usageFailure(
      `\`--${form} ${options[form]}\` makes values, and \`${guest === true ? '--guest' : '--types-only'}\` has only types`,
      'leave one of the two out',
    );
}
