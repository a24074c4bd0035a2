import type { Fuel, Limits } from '@wit-ts/runtime';
import { bytesOf, operatorsOf } from '../flag-values.ts';

/** The flags of `run` that bound what a program or a component takes. */
export interface LimitFlags {
  readonly fuel?: string;
  readonly maxMemory?: string;
}

/** Limits whose fuel says how much is used. */
export type FlagLimits = Limits & { readonly fuel?: Fuel };

/** Returns what the flags limit; undefined without them. @throws Failure when a flag is not in its form */
export async function limitsOfFlags({ fuel, maxMemory }: LimitFlags): Promise<FlagLimits | undefined> {
  if (fuel === undefined && maxMemory === undefined) return undefined;
  // Both are checked before the runtime is loaded.
  const amount = fuel === undefined ? undefined : operatorsOf('--fuel', fuel);
  const memoryBytes = maxMemory === undefined ? undefined : bytesOf('--max-memory', maxMemory);
  return {
    ...(amount !== undefined && { fuel: new (await import('@wit-ts/runtime')).Fuel(amount) }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}

/** How much fuel there was and how much is used, for a report. The latter is not known of a thread that was ended. */
interface FuelReport {
  readonly limit: number;
  readonly used?: number;
}

export function fuelReport(limits: FlagLimits | undefined, isKnown = true): FuelReport | undefined {
  const fuel = limits?.fuel;
  return fuel && { limit: fuel.limit, ...(isKnown && { used: fuel.used }) };
}

/** Replaces the limits that the runtime names by the flags that the user wrote. */
export function withFlagNames(message: string): string {
  return message.replaceAll(/`?limits\.(fuel|memoryBytes)\b`?/gu, (_, name) =>
    name === 'fuel' ? '`--fuel`' : '`--max-memory`',
  );
}
