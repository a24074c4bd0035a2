import { suspendedStacks } from '@wit-ts/concurrency';
import { suspendedWith } from '../suspend/suspending-component.ts';
import * as tasks from '../tasks/index.ts';

/** What components that are linked need if one of them has tasks. */
export interface LinkedTasks {
  /** @param stacks modules with which stacks are suspended; absent where they are compiled when they are needed */
  partsWith(stacks: ReadonlyMap<string, WebAssembly.Module> | undefined): typeof tasks;
  /** Does what the option `suspend` asks for. */
  readonly suspended: typeof suspendedWith;
}

export const linkedTasks: LinkedTasks = {
  partsWith(stacks) {
    const { taskParts } = tasks;
    return stacks === undefined
      ? tasks
      : { ...tasks, taskParts: { ...taskParts, stacks: () => suspendedStacks(stacks) } };
  },
  suspended: suspendedWith,
};
