import { validate, type Component } from '@wit-ts/component';
import { inputFailure } from './failure.ts';

/** More names than these are counted. */
const MAX_LISTED = 5;

/**
 * Refuses a component that has names which WIT cannot write. Printed as WIT, or as code made of it, such a name could
 * forge items that the component does not have.
 *
 * @throws Failure that shows the names as quoted text
 */
export function refuseUnwritableNames(component: Component, given: string): void {
  const names = unwritableNames(component);
  if (names === undefined) return;
  throw inputFailure(
    `${given} is not WIT: ${names}`,
    'run `wit-ts inspect` to see what the component has, and `wit-ts validate` for all findings',
  );
}

/** Says which names of a component WIT cannot write; `undefined` if there are none. */
export function unwritableNames(component: Component): string | undefined {
  const found = validate(component).filter(({ code }) => code === 'bad-name');
  if (found.length === 0) return undefined;
  const names = [...new Set(found.map(({ path, message }) => path.at(-1) ?? message))];
  const shown = names.slice(0, MAX_LISTED).map((name) => JSON.stringify(name.replaceAll('`', '')));
  const more = names.length > MAX_LISTED ? ` and ${names.length - MAX_LISTED} more` : '';
  return `WIT cannot write these names of it: ${shown.join(', ')}${more}`;
}
