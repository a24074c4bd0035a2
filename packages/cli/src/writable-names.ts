import { inputFailure } from './failure.ts';
import { escapeControls } from './output-text.ts';
import type { ComponentInput } from './read-input.ts';

/** More names than these are counted. */
const MAX_LISTED = 5;

/** Longer names are cut. */
const MAX_LENGTH = 200;

/**
 * Refuses a component that has names which WIT cannot write. Printed as WIT, or as code made of it, such a name could
 * forge items that the component does not have.
 *
 * @throws Failure that shows the names as quoted text
 */
export function refuseUnwritableNames({ unwritable }: ComponentInput, given: string): void {
  if (unwritable.length === 0) return;
  const shown = unwritable.slice(0, MAX_LISTED).map(({ kind, name }) => `${kind} ${quoted(name)}`);
  const more = unwritable.length > MAX_LISTED ? ` and ${unwritable.length - MAX_LISTED} more` : '';
  throw inputFailure(
    `${given} is not WIT: WIT cannot write these names of it: ${shown.join(', ')}${more}`,
    'run `wit-ts inspect` to see what the component has, and `wit-ts validate` for all findings',
  );
}

function quoted(name: string): string {
  const text = name.length > MAX_LENGTH ? `${name.slice(0, MAX_LENGTH)}…` : name;
  return escapeControls(JSON.stringify(text));
}
