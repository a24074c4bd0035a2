import { checked } from '../check-limits.ts';
import type { Component } from '../compiled-component.ts';
import type { ModuleLimit } from '../instance-budget.ts';
import { formFor, started } from '../limited-instances.ts';
import type { Limits, StartedLimits } from '../limits.ts';
import * as rewriting from '../rewritten-module.ts';
import { mergedLimits } from '../static-limits.ts';

/** The limits of the instances of a static module that links components when it runs. */
export interface LinkedLimits extends StartedLimits {
  /** @throws TypeError when one instance gets limits for which core modules were not rewritten */
  readonly checkOwn: (own: Limits | undefined) => void;
  /** Gives a component the core modules that were rewritten for it when the static module was written. */
  readonly take: (component: Component, modules: readonly WebAssembly.Module[], from: number) => void;
}

/**
 * Returns the limits of instances that are linked.
 *
 * @param given those that the static module was written with
 * @param moduleLimits of each core module of the static module; absent when no limit concerns core modules
 */
export function linkedLimits(given: Limits, moduleLimits?: readonly ModuleLimit[]): LinkedLimits {
  const all = started(given, async () => rewriting);
  return {
    ...all,
    checkOwn: (own) => void mergedLimits(all.limits, checked(own)),
    take({ compiled }, modules, from) {
      const own = moduleLimits?.slice(from, from + modules.length);
      compiled.set(formFor(all.limits), { modules, moduleLimits: own });
    },
  };
}
