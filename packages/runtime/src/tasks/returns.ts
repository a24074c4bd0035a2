import type { Type } from '@wit-ts/model';
import type { PlanLift, PlanOptions } from '@wit-ts/plan';
import type { InstanceState } from '../instance/instance-state.ts';
import { isSameType } from './same-type.ts';

/**
 * Compares what `task.return` declares with a lifted function. A result that needs no memory need not name one.
 *
 * @returns why the `task.return` does not belong to the function, or nothing
 */
export function returnsMismatch(
  state: InstanceState,
  type: Type | undefined,
  { canonical, memory }: PlanOptions,
  lift: PlanLift,
): string | undefined {
  if (!isSameType(lift.type.result, type))
    return 'invalid `task.return` signature: its type is not that of the result';
  const lifted = lift.options;
  // `LiftOptions.equal` of `definitions.py` compares the memories, and not the references to them.
  const isSameMemory =
    memory === undefined || (lifted.memory !== undefined && state.core(memory) === state.core(lifted.memory));
  if (canonical.stringEncoding === lifted.canonical.stringEncoding && isSameMemory) return undefined;
  return 'invalid `task.return` options: encoding and memory are not those of the lifted function';
}
