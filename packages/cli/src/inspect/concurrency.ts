import { mentionsTasks, type Plan, type Trampoline } from '@wit-ts/plan';
import { blockingOf } from '@wit-ts/plan/may-block';
import { callee } from './functions.ts';

/** What a component uses of tasks, streams and futures. */
export interface ConcurrencyUse {
  /** The built-ins, each with how often it is declared. A copy says whether it has the option `async`. */
  readonly builtIns: Readonly<Record<string, number>>;
  /**
   * Built-ins and calls that may have to wait in the middle of a core function. That needs a stack that can be
   * suspended, which not every platform has.
   */
  readonly mayBlock: readonly string[];
}

/** Returns nothing for a component without tasks, streams and futures. */
export function concurrencyOf(plan: Plan): ConcurrencyUse | undefined {
  if (!mentionsTasks(plan)) return undefined;
  const counts = new Map<string, number>();
  const blocking = new Set<string>();
  const { waits } = blockingOf(plan);
  for (const [index, each] of plan.trampolines.entries()) {
    const name = nameOf(plan, each);
    if (name === undefined) continue;
    if (each.tag === 'builtin') counts.set(name, (counts.get(name) ?? 0) + 1);
    if (waits[index]!) blocking.add(name);
  }
  return { builtIns: Object.fromEntries([...counts].sort()), mayBlock: [...blocking].sort() };
}

function nameOf(plan: Plan, trampoline: Trampoline): string | undefined {
  if (trampoline.tag === 'lower') {
    const kind = trampoline.options.canonical.async ? 'asynchronous' : 'synchronous';
    return `${kind} call of ${callee(plan, trampoline.func)}`;
  }
  if (trampoline.tag !== 'builtin') return undefined;
  const { canon } = trampoline;
  const isCopy = /^(?:stream|future)\.(?:read|write)$/u.test(canon.tag);
  return isCopy && 'options' in canon && canon.options.async ? `${canon.tag} async` : canon.tag;
}
