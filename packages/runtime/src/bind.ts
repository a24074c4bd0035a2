import type {
  CanonicalOptions,
  CoreFunction,
  Engine,
  FuseBinding,
  HostFunction,
  LiftBinding,
  LiftSpec,
  LowerBinding,
  LowerSpec,
  Prepared,
} from '@wit-ts/abi';
import { mentionsWaitables } from '@wit-ts/abi';
import type { PlanImport, PlanLift, Trampoline } from '@wit-ts/plan';
import type { Component, PreparedFunctions } from './component.ts';
import { importSitesOf } from './plan-surface.ts';
import { notLifted, notRun } from './tasks/unsupported.ts';

/**
 * Code for the functions of a component, emitted once and kept with it. What an instance adds is bound in `instantiate.ts`.
 */

/** Where code is kept, and what it does that other code of the same functions does not. */
export interface Code extends PreparedFunctions {
  /** The limit on strings and lists. */
  readonly maxBytes: number | undefined;
  /** Every function of the host is called through one that tells of it; see `trace.ts`. */
  readonly traced: boolean;
}

export type Lower = Extract<Trampoline, { tag: 'lower' }>;

/** How a lifted function is used: by the host as a function or as a method of a resource, or by another component. */
export type LiftUse = 'function' | 'method' | 'component';

export function preparedLift(
  component: Component,
  { lifts, maxBytes }: Code,
  index: number,
  use: LiftUse,
  name: string,
): Prepared<LiftBinding, HostFunction> {
  // The name is a part of the code's messages, and one function may be exported under several.
  const key = `${index} ${use} ${name}`;
  let prepared = lifts.get(key);
  if (prepared === undefined) {
    const lift = component.plan.lifts[index]!;
    prepared = mentionsWaitables(lift.type)
      ? { resources: [], bind: () => notLifted(name) }
      : component.engine.lift(liftSpec(lift, use, name, maxBytes));
    lifts.set(key, prepared);
  }
  return prepared;
}

/** What an asynchronous core function gives comes by `task.return`: all that is left to lift are its arguments. */
function withoutTask(
  { type, options }: PlanLift,
  limit: Code['maxBytes'],
): Pick<LiftSpec, 'type' | 'options'> {
  const { canonical } = options;
  if (!canonical.async) return { type, options: limited(canonical, limit) };
  return {
    type: { async: type.async, params: type.params },
    options: limited({ ...canonical, async: false, callback: false, postReturn: false }, limit),
  };
}

function liftSpec(lift: PlanLift, use: LiftUse, name: string, limit: Code['maxBytes']): LiftSpec {
  return {
    ...withoutTask(lift, limit),
    name,
    call: use === 'method' ? 'method' : 'function',
    peer: use === 'component' ? 'component' : 'host',
  };
}

export function preparedLower(
  component: Component,
  code: Code,
  index: number,
  lower: Lower,
): Prepared<LowerBinding, CoreFunction> {
  let prepared = code.lowers[index];
  if (prepared === undefined) {
    const spec = lowerSpec(component, lower, code);
    prepared = mentionsWaitables(lower.type)
      ? { resources: [], bind: ({ instance }) => notRun(spec.name, instance) }
      : component.engine.lower(spec);
    code.lowers[index] = prepared;
  }
  return prepared;
}

export function preparedFuse(
  fuse: Engine['fuse'],
  { fuses }: Code,
  index: number,
  lower: Lower,
  lift: PlanLift,
): Prepared<FuseBinding, CoreFunction> {
  let prepared = fuses[index];
  if (prepared === undefined) {
    prepared = fuse({
      type: lift.type,
      name: lift.name,
      caller: lower.options.canonical,
      callee: lift.options.canonical,
    });
    fuses[index] = prepared;
  }
  return prepared;
}

export function limited(options: CanonicalOptions, maxBytes: number | undefined): CanonicalOptions {
  return maxBytes === undefined ? options : { ...options, maxBytes };
}

function lowerSpec(component: Component, lower: Lower, { maxBytes, traced }: Code): LowerSpec {
  const { type } = lower;
  const options = limited(lower.options.canonical, maxBytes);
  if (lower.func.tag === 'lift') {
    return {
      type,
      options,
      name: component.plan.lifts[lower.func.index]!.name,
      call: { tag: 'function' },
      peer: 'component',
    };
  }
  const { imports } = component.plan;
  const { path } = imports[lower.func.import]!;
  // What is put around the host's function takes all arguments alike.
  const call = traced || type.async ? { tag: 'function' as const } : callStyle(imports, lower.func.import);
  return { type, options, name: path.join('#'), call, peer: 'host' };
}

/** How a function of the host is called, by its name in WIT. */
export function callStyle(imports: readonly PlanImport[], index: number): LowerSpec['call'] {
  const { style, keys } = importSitesOf(imports)[index]!;
  switch (style) {
    case 'constructor':
      return { tag: 'new' };
    case 'method':
      return { tag: 'method', name: keys[0] };
    default:
      return { tag: 'function' };
  }
}
