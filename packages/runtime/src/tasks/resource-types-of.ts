import type { ResourceType } from '@wit-ts/abi';
import type { TypeDef } from '@wit-ts/model';
import type { InstanceState } from '../instance/instance-state.ts';

/** Returns the resource types of an instance, by what defines them. */
export function resourceTypesOf(
  { component, resources }: InstanceState,
  definitions: readonly TypeDef[],
): readonly ResourceType[] {
  return definitions.map((type) => {
    const index = component.plan.resources.findIndex((each) => each.type === type);
    return resources[index]!;
  });
}
