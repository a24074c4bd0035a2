import type { Plan, Trampoline } from './plan.ts';

/** Which component instances have core code that may block inside a built-in. */
export interface BlockingCode {
  /** Whether core code of the instance may block, so that it needs a stack that can be suspended. */
  readonly mayBlock: readonly boolean[];
  /** Whether the core function of each trampoline may have to wait. */
  readonly waits: readonly boolean[];
}

/**
 * Finds the built-ins that may block, and the component instances that import them. A component whose tasks return to
 * the event loop to wait needs no stack of its own for them.
 *
 * @param suspended the imports that may return promises although they are synchronous in WIT
 */
export function blockingOf(
  { trampolines, instances, lifts }: Plan,
  suspended: ReadonlySet<number> = new Set(),
): BlockingCode {
  const mayBlock = instances.map(() => false);
  const callsTasks = instances.map(() => false);
  for (const each of trampolines) {
    if (each.tag === 'lower' && each.func.tag === 'lift' && each.options.canonical.async)
      callsTasks[each.instance] = true;
  }
  const waitsAt = (each: Trampoline): boolean => {
    switch (each.tag) {
      case 'lower': {
        if (each.func.tag === 'import') {
          return (each.type.async && !each.options.canonical.async) || suspended.has(each.func.import);
        }
        // Even an asynchronous call may have to let a thread of the callee have its turn first.
        const callee = lifts[each.func.index]!;
        return (each.type.async && !each.options.canonical.async) || mayBlock[callee.instance]!;
      }
      case 'builtin':
        return blocks(each.canon) || (each.canon.tag === 'subtask.cancel' && callsTasks[each.instance]!);
      default:
        return false;
    }
  };
  let waits: readonly boolean[] = [];
  // BlockingCode spreads from callees to callers, which may form cycles between parents and children.
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    waits = trampolines.map(waitsAt);
    for (const [index, each] of trampolines.entries()) {
      if (!waits[index]! || mayBlock[each.instance]!) continue;
      mayBlock[each.instance] = true;
      isChanged = true;
    }
  }
  return { mayBlock, waits };
}

/**
 * Returns for each component instance whether its code can call one of the imports, itself or through other
 * components.
 */
export function reaching(
  { trampolines, instances, lifts }: Plan,
  imports: ReadonlySet<number>,
): readonly boolean[] {
  const reaches = instances.map(() => false);
  const calls = trampolines.flatMap((each) => (each.tag === 'lower' ? [each] : []));
  for (let isChanged = true; isChanged;) {
    isChanged = false;
    for (const { func, instance } of calls) {
      const isReached =
        func.tag === 'import' ? imports.has(func.import) : reaches[lifts[func.index]!.instance]!;
      if (!isReached || reaches[instance]!) continue;
      reaches[instance] = true;
      isChanged = true;
    }
  }
  return reaches;
}

type Canon = Extract<Trampoline, { tag: 'builtin' }>['canon'];

/** Cancelling a copy never waits: ends of components and of the host give their buffer back at once. */
function blocks(canon: Canon): boolean {
  switch (canon.tag) {
    case 'waitable-set.wait':
    case 'thread.yield':
    case 'thread.suspend':
    case 'thread.suspend-then-resume':
    case 'thread.yield-then-resume':
    case 'thread.suspend-then-promote':
    case 'thread.yield-then-promote':
      return true;
    case 'stream.read':
    case 'stream.write':
    case 'future.read':
    case 'future.write':
      return !canon.options.async;
    default:
      return false;
  }
}
