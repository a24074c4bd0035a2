import type { CaseContext, PlatformCase } from '../../platform-case.ts';

/** A case of concurrency. */
interface ConcurrencyCase {
  readonly name: string;
  /** True when a stack has to be suspended: on platforms that cannot, the call traps and says so. */
  readonly suspends?: true;
  readonly run: (context: CaseContext) => Promise<void>;
}

/** Returns the cases of a group, which is a row of the table in `docs/platforms.md`. */
export function concurrencyGroup(group: string, cases: readonly ConcurrencyCase[]): readonly PlatformCase[] {
  return cases.map(({ name, suspends = false, run }) => ({
    name: `${group}: ${name}`,
    run,
    concurrency: { group, suspends },
  }));
}
