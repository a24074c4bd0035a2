import type { Fuel, Limits } from '@wit-ts/runtime';
import { usageFailure } from '../failure.ts';

/** The flags of `run` that bound what a program or a component takes. */
export interface LimitFlags {
  readonly fuel?: string;
  readonly maxMemory?: string;
}

/** Limits whose fuel says how much is used. */
export type FlagLimits = Limits & { readonly fuel?: Fuel };

/** Returns what the flags limit; undefined without them. @throws Failure when a flag is not a number */
export async function limitsOfFlags({ fuel, maxMemory }: LimitFlags): Promise<FlagLimits | undefined> {
  if (fuel === undefined && maxMemory === undefined) return undefined;
  const amount = wholeNumber('--fuel', fuel);
  const memoryBytes = wholeNumber('--max-memory', maxMemory);
  return {
    ...(amount !== undefined && { fuel: new (await import('@wit-ts/runtime')).Fuel(amount) }),
    ...(memoryBytes !== undefined && { memoryBytes }),
  };
}

function wholeNumber(flag: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const number = /^\d{1,16}$/u.test(text) ? Number(text) : NaN;
  if (Number.isSafeInteger(number)) return number;
  throw usageFailure(`${flag} ${text}: not a whole number from 0 to 2^53 - 1`);
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

/** Whether the message of a trap says that the fuel is used up. */
export function isOutOfFuel(message: string): boolean {
  return message.startsWith('out of fuel: ');
}

/** Whether the message of a `LinkError` says that something takes more than it may from the start. */
export function isOverLimits(message: string): boolean {
  return message.startsWith('the component exceeds its limits');
}
