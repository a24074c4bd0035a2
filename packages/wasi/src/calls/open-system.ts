import type { Grants } from '../grants.ts';
import { makeSystem } from '../system/make-system.ts';
import type { System } from '../system/system.ts';

/**
 * Makes the system of one instance, as `makeSystem` does, and reports the calls of the instance if the grants have
 * `onCall`. Only then the code for it is loaded.
 */
export async function openSystem(grants: Grants): Promise<System> {
  // `makeSystem` checks the grants.
  const { onCall } = grants;
  if (typeof onCall !== 'function') return makeSystem(grants);
  const { CallRecorder } = await import('./call-recorder.ts');
  const calls = new CallRecorder(grants, onCall);
  const system = makeSystem(calls.grants);
  return {
    ...system,
    calls,
    close() {
      calls.close();
      system.close();
    },
  };
}
