import type { Component } from '@wit-ts/component';

/** The canonical definitions that need no task. */
const WITHOUT_TASKS: ReadonlySet<unknown> = new Set([
  'lift',
  'lower',
  'resource.new',
  'resource.drop',
  'resource.rep',
]);

/**
 * Returns true if a component, or one inside that it may export, may have tasks, streams or futures, or may be given
 * components, which may have them.
 */
export function mayHaveTasks({ definitions }: Component): boolean {
  const pending: unknown[] = [...definitions];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next === 'error-context') return true;
    if (typeof next !== 'object' || next === null || next instanceof Uint8Array) continue;
    if (needsTasks(next)) return true;
    for (const value of Object.values(next)) if (value !== undefined) pending.push(value);
  }
  return false;
}

/** @param part of a decoded component: a definition, a type, the options of a canonical definition */
function needsTasks(part: object): boolean {
  const { tag, async: isAsync, declarations, canon } = part as Readonly<Record<string, unknown>>;
  return (
    isAsync === true ||
    tag === 'stream' ||
    tag === 'future' ||
    // The type of a component that is imported.
    (tag === 'component' && declarations !== undefined) ||
    (typeof canon === 'object' && canon !== null && !WITHOUT_TASKS.has(Reflect.get(canon, 'tag')))
  );
}
