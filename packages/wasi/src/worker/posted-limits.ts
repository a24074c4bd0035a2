import type { Fuel, Limits } from '@wit-ts/runtime';
import type { Program } from '../run/program-source.ts';
import type { FuelAmounts } from './messages.ts';

/** Limits in two parts, because a `Fuel` cannot be given to another thread. */
interface PostedLimits {
  readonly cloned: Limits | undefined;
  readonly fuel: FuelAmounts | undefined;
  /** Counts what the worker used. */
  readonly spend: (used: number) => void;
}

/** Returns the limits of a run: its own, and for the rest those that its component was compiled for. */
export function limitsOfRun(program: Program, own: Limits | undefined): Limits | undefined {
  const compiled =
    program.tag === 'component' && 'plan' in program.component ? program.component.limits : undefined;
  return compiled === undefined ? own : { ...compiled, ...own };
}

/** Divides limits into what the worker is given, and the `Fuel` of the host, which learns at the end what was used. */
export function dividedLimits(limits: Limits | undefined): PostedLimits {
  const { fuel, ...cloned } = limits ?? {};
  if (typeof fuel !== 'object') return { cloned: limits, fuel: undefined, spend: () => undefined };
  const { limit, used: before } = fuel;
  return { cloned, fuel: { limit, used: before }, spend: (used) => fuel.spend(used - before) };
}

/** In the worker: makes the fuel that it was given. */
export async function postedFuel({ limit, used }: FuelAmounts): Promise<Fuel> {
  const { Fuel } = await import('@wit-ts/runtime');
  const fuel = new Fuel(limit);
  fuel.spend(used);
  return fuel;
}
