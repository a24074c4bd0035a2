import { compile, Component, type Limits } from '@wit-ts/runtime';
import type { Grants } from '../../grants.ts';
import { checkGrants } from '../../system/check-grants.ts';
import { networkGrants } from '../../system/network-grants.ts';
import { isByteSink } from '../../system/sinks.ts';
import { dividedGrants, type PostedGrants } from '../../worker/posted-grants.ts';
import type { HandlerSource } from '../handler-component.ts';
import { type HandlerLimits, limitsToCompile } from '../options.ts';
import type { PostedComponent } from './thread-messages.ts';

/**
 * Compiles a component once for all threads. None of its code runs in this thread.
 *
 * @throws TypeError when its limits cannot be given to another thread
 */
export async function postedComponent(
  source: HandlerSource,
  limits: HandlerLimits,
): Promise<PostedComponent> {
  const instance = limitsToCompile(limits);
  refuseFuel(instance);
  const given = await source;
  if (!(given instanceof Component)) {
    const component = await compile(given, instance === undefined ? {} : { limits: instance });
    return { source: component.toTransferable(), limits: instance };
  }
  refuseFuel(given.limits);
  const transferable = given.toTransferable();
  if (given.limits === undefined && instance === undefined)
    return { source: transferable, limits: undefined };
  // Its core modules may be compiled for other limits, or without any.
  return { source: transferable.bytes, limits: { ...given.limits, ...instance } };
}

function refuseFuel(limits: Limits | undefined): void {
  if (typeof limits?.fuel === 'object')
    throw new TypeError('limits.instance.fuel: a `Fuel` stays in its thread; give a number');
}

/**
 * Divides grants into what each thread is given, and the functions of the host that receive outputs.
 *
 * @throws TypeError when something of the host would have to run in several threads
 */
export function grantsForThreads(grants: Grants): PostedGrants {
  checkGrants(grants);
  networkGrants(grants);
  for (const name of ['stdout', 'stderr'] as const) {
    const output = grants[name];
    if (typeof output === 'object' && !isByteSink(output))
      throw new TypeError(`grants.${name}: several threads cannot share a stream; give a function`);
  }
  const posted = dividedGrants(grants);
  if (posted.input !== undefined)
    throw new TypeError('grants.stdin: several threads cannot share a stream; give bytes or text');
  return posted;
}

/** Returns the part of each thread in the limits of the server. */
export function shareOf(limits: HandlerLimits, threads: number): HandlerLimits {
  const { concurrent = 256, queued = 1024 } = limits;
  return {
    ...limits,
    concurrent: Math.ceil(concurrent / threads),
    queued: Math.ceil(queued / threads),
  };
}
