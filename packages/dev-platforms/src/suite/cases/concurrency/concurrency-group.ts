import { throws } from '../../expect.ts';
import type { CaseContext, PlatformCase } from '../../platform-case.ts';
import { suspendsStacks } from '../../platform-features.ts';

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
    counted: { table: 'concurrency', group },
    ...(suspends && {
      needs: { isThere: suspendsStacks, otherwise: (context) => cannotSuspend(context, run) },
    }),
  }));
}

async function cannotSuspend(context: CaseContext, run: ConcurrencyCase['run']): Promise<void> {
  await throws(() => run(context), 'Trap', CANNOT_SUSPEND);
}

/** The message names the function, says what it would wait for, and what to do. */
const CANNOT_SUSPEND =
  /`[a-z:/#-]+` of the component › (?:inner|blocker) would have to wait for .*, and this platform .*: use /u;
