import { withoutPrototype } from '@wit-ts/model';
import type { InstantiateOptions } from './instantiate.ts';

/** The options of `compile` and `instantiate`, each between spaces. */
const NAMES = ' engine limits name trace suspend deadlock onError mapping scheduler ';

/**
 * Returns the options of `compile` or `instantiate` without those that are `undefined`, and without what
 * `Object.prototype` has.
 *
 * @throws TypeError for an option that does not exist: a misspelt one would be ignored, as if there were no limits
 */
export function ownOptions<const Options extends InstantiateOptions>(
  options: Options,
): ReturnType<typeof withoutPrototype<Options>> {
  const own = withoutPrototype(options);
  for (const name in own)
    if (!NAMES.includes(` ${name} `)) throw new TypeError(`options.${name}: unknown option`);
  return own;
}
