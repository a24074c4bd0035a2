import type { CaseContext, PlatformCase, PlatformNeed } from '../../platform-case.ts';

/** A case of WASI. */
export interface WasiCase {
  readonly name: string;
  readonly needs?: PlatformNeed;
  readonly run: (context: CaseContext) => Promise<void>;
}

/** Returns the cases of a group, which is a row of the table in `docs/platforms.md`. */
export function wasiGroup(group: string, cases: readonly WasiCase[]): readonly PlatformCase[] {
  return cases.map((each) => ({
    ...each,
    name: `${group}: ${each.name}`,
    counted: { table: 'wasi', group },
  }));
}
