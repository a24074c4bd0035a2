import { enteringSet } from '@wit-ts/abi';
import type { Plan } from '@wit-ts/plan';

interface PlannedInstance {
  readonly parent: PlannedInstance | undefined;
}

/** Whether a call of an instance of a plan enters only the callee, and no instance around it. */
export function entersOne({ instances }: Plan, callee: number, caller: number): boolean {
  const planned: PlannedInstance[] = [];
  for (const { parent } of instances)
    planned.push({ parent: parent === undefined ? undefined : planned[parent] });
  return enteringSet(planned[callee]!, planned[caller]).length === 1;
}
