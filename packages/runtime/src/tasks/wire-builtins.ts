import { type CoreFunction, containsWaitables, type Peer, type TaskReturnSpec } from '@wit-ts/abi';
import type { Type } from '@wit-ts/model';
import type { PlanOptions, Trampoline } from '@wit-ts/plan';
import type { InstanceState } from '../instance/instance-state.ts';
import type { FunctionWirer } from '../wiring/wire-functions.ts';
import type { TaskBuiltin, TaskReturn } from '../wiring/wiring.ts';
import { notRun } from './unsupported.ts';

/** Decides how a built-in of tasks, streams or futures is made. */
export function wireBuiltin(
  { canon, type, options, instance }: Extract<Trampoline, { tag: 'builtin' }>,
  functions: FunctionWirer,
): TaskBuiltin | TaskReturn {
  if (canon.tag !== 'task.return') return { tag: 'task-builtin', canon, instance };
  const types = type === undefined ? [] : [type];
  const isSupported = options !== undefined && !containsWaitables(types);
  return {
    tag: 'task.return',
    specs: isSupported
      ? { host: specFor('host', type, options), component: specFor('component', type, options) }
      : undefined,
    type,
    stringEncoding: options?.canonical.stringEncoding,
    memory: options?.memory,
    instance,
    resources: isSupported ? functions.resources(types) : [],
  };
}

/** Makes the core function of such a built-in. */
export function makeBuiltin(state: InstanceState, wiring: TaskBuiltin | TaskReturn): CoreFunction {
  const instance = state.instance(wiring.instance);
  if (wiring.tag === 'task-builtin') return state.tasks!.builtin(wiring.canon, instance);
  const { specs, memory, resources } = wiring;
  return state.tasks!.taskReturn(wiring, {
    instance,
    core: (ref) => state.core(ref),
    lifting: (peer, returned) => {
      if (specs === undefined) return notRun('task.return', instance);
      const spec = specs[peer];
      const prepared = state.code.once(spec, ({ values }) =>
        values!.taskReturn({ ...spec, options: state.code.limited(spec.options) }),
      );
      return prepared.bind({
        returned,
        memory: memory && (state.core(memory) as WebAssembly.Memory),
        instance,
        resources: state.resourceTypes(resources),
      });
    },
  });
}

function specFor(peer: Peer, type: Type | undefined, { canonical }: PlanOptions): TaskReturnSpec {
  return { ...(type !== undefined && { type }), options: canonical, peer };
}
