import { type MakeStacks, suspendedStacks } from '@wit-ts/concurrency';
import type { Plan } from '@wit-ts/plan';
import { allBuiltins } from './all-builtins.ts';
import { errorCodec, futureCodec, insideCodec, streamCodec } from './codecs.ts';
import { givenStackModules } from './stack-modules.ts';
import type { TaskCodecs } from './values.ts';

/** What not every component with tasks needs. A static module contains only what its component needs. */
export interface TaskParts {
  readonly builtins: typeof allBuiltins;
  readonly codecs: TaskCodecs;
  /** Lets the tasks of a component suspend stacks. Absent when nothing in it can block inside a core function. */
  readonly stacks?: (plan: Plan) => MakeStacks;
}

/** The parts for any component. */
export const taskParts: TaskParts = {
  builtins: allBuiltins,
  codecs: { stream: streamCodec, future: futureCodec, inside: insideCodec, 'error-context': errorCodec },
  stacks: (plan) => suspendedStacks(givenStackModules(plan)),
};
