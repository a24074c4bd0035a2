import type { MappingChoices } from '@wit-ts/mapping';
import type { Plan } from '@wit-ts/plan';
import type { InstanceCode } from '../instance-code.ts';
import type { Linking } from '../linking/linking.ts';
import type { OptionalParts } from '../optional-parts.ts';
import type { Wiring } from '../wiring/wiring.ts';

/** The parts of the runtime that functions of instances use, and not those that decide how they are made. */
interface InstanceParts {
  readonly calls:
    | Partial<
        Pick<NonNullable<OptionalParts['calls']>, 'CallGuards' | 'makeCall' | 'passedOn' | 'throughCore'>
      >
    | undefined;
  /** Each function is present if an instance may call it. */
  readonly resources: Partial<NonNullable<OptionalParts['resources']>> | undefined;
  readonly tasks: Pick<NonNullable<OptionalParts['tasks']>, 'ComponentTasks' | 'taskParts'> | undefined;
}

/** What an instance needs of its component: a compiled one, or one that a static module describes. */
export interface InstanceComponent {
  readonly plan: Plan;
  readonly parts: InstanceParts;
  readonly linking: Pick<Linking, 'exported' | 'typed'> | undefined;
  readonly hasTasks: boolean;
  /** How names and values look; absent for the default mapping. */
  readonly mapping?: MappingChoices | undefined;
  readonly code: InstanceCode;
  wiring(isTraced: boolean): Wiring;
}
