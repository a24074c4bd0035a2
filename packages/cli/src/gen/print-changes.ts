import path from 'node:path';
import type { CommandContext } from '../command-context.ts';
import type { DirectoryChanges } from './plan-changes.ts';

/** Prints what was done, or with `--check` what has to be done. */
export function printChanges(
  context: CommandContext,
  { directory, files }: DirectoryChanges,
  checking: boolean,
): void {
  const shown = shownDirectory(directory, context.io.cwd);
  const differing = files.filter(({ status }) => status !== 'same');
  if (differing.length === 0) context.note(`${shown} is up to date (${counted(files.length)})`);
  const written = differing.filter(({ status }) => status !== 'stale');
  if (!checking && written.length > MAX_LISTED)
    context.note(`wrote ${counted(written.length)} into ${shown}`);
  for (const { path: file, status } of differing) {
    if (!checking && written.length > MAX_LISTED && status !== 'stale') continue;
    const name = path.join(shown, file);
    if (checking && context.lines)
      context.outLine(`${name}:1:1`, 'error', 'out-of-date', TO_DO[status].replace(':', ''));
    else if (checking) context.out(`${TO_DO[status]} ${name}`);
    // A run never removes a file in silence.
    else if (status === 'stale' && !context.json) context.error(`${DONE[status]} ${name}`);
    else context.note(`${DONE[status]} ${name}`);
  }
}

/** Returns how messages name an output directory: relative to the working directory, if it is inside. */
export function shownDirectory(directory: string, cwd: string): string {
  const relative = path.relative(cwd, directory) || '.';
  return relative.startsWith('..') ? directory : relative;
}

/** More files than these are counted, not named. */
const MAX_LISTED = 10;

const DONE = { new: 'wrote', changed: 'wrote', same: 'kept', stale: 'removed' } as const;
const TO_DO = {
  new: 'missing:',
  changed: 'out of date:',
  same: 'kept',
  stale: 'no longer generated:',
} as const;

function counted(count: number): string {
  return count === 1 ? '1 file' : `${count} files`;
}
