import type { CoreFunction } from './engine.ts';
import { entered } from './helpers/calls.ts';
import { CALLING, cannotLeave, failed, raise } from './helpers/traps.ts';
import { handleAt, lowerOwnRep } from './helpers/handles.ts';
import type { ComponentInstance } from './instance.ts';
import { dropGuest, dropHost } from './resource-class.ts';
import type { ResourceType } from './resource-type.ts';
import { Trap } from './trap.ts';

/** `canon resource.new`: a core function that makes an own handle for a representation. */
export function resourceNew(type: ResourceType, instance: ComponentInstance): CoreFunction {
  return function resource_new(rep) {
    try {
      if (!instance.mayLeave) throw cannotLeave();
      return lowerOwnRep(instance, type, rep);
    } catch (error) {
      return raise(instance, failed(instance, error, CALLING, 'resource.new'));
    }
  };
}

/** `canon resource.drop`: a core function that removes a handle. Removing an own handle drops the resource. */
export function resourceDrop(type: ResourceType, instance: ComponentInstance): CoreFunction {
  const { implementer } = type;
  const instances = implementer === undefined ? [] : entered(implementer, instance);
  return function resource_drop(index) {
    try {
      if (!instance.mayLeave) throw cannotLeave();
      const handle = handleAt(instance, type, index as number);
      if (handle.lends !== 0) throw new Trap('cannot remove owned resource while borrowed');
      instance.handles.free(index as number);
      if (!handle.own) handle.scope!.borrows -= 1;
      else if (implementer === undefined) dropHost(type, handle.rep);
      else dropGuest(type, implementer, instances, handle.rep as number);
      return undefined;
    } catch (error) {
      return raise(instance, failed(instance, error, CALLING, 'resource.drop'));
    }
  };
}

/** `canon resource.rep`: a core function that returns the representation behind a handle. */
export function resourceRep(type: ResourceType, instance: ComponentInstance): CoreFunction {
  return function resource_rep(index) {
    try {
      return handleAt(instance, type, index as number).rep as number;
    } catch (error) {
      return raise(instance, failed(instance, error, CALLING, 'resource.rep'));
    }
  };
}
