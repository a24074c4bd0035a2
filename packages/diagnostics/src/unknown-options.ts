import { nearest } from './nearest.ts';
import { printableLine } from './paint.ts';

/**
 * Refuses options that do not exist: a misspelt one would have no effect, so that what is made would have no limits,
 * for example.
 *
 * @param known the names of all options
 * @throws TypeError that names the option, and the one that may be meant
 */
export function refuseUnknownOptions(options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const meant = nearest(unknown, known);
  const hint = meant === undefined ? `the options are ${known.join(', ')}` : `did you mean \`${meant}\`?`;
  throw new TypeError(`\`${printableLine(unknown)}\`: there is no such option; ${hint}`);
}
