import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { PROCESSES, type SpeedRow, type SpeedTimes } from './measure-contenders.ts';

/** How a study shows its rows. */
interface SpeedColumns<Input, Contender extends string> {
  readonly headings: readonly string[];
  /** Returns the cells of a row for one of the times. */
  readonly cellsOf: (row: SpeedRow<Input, Contender>, what: keyof SpeedTimes) => readonly string[];
  /** Says what the warm time is: "the median of …". */
  readonly warm: string;
}

/** Returns one table for each of the times: warm, cold, and the first round. */
export function speedReport<Input, Contender extends string>(
  rows: readonly SpeedRow<Input, Contender>[],
  { headings, cellsOf, warm }: SpeedColumns<Input, Contender>,
): string {
  const titles = {
    warm: `Warm (${warm}, in the fastest of ${PROCESSES} processes):`,
    cold: `Cold (import and first round in a new process, the fastest of ${PROCESSES}):`,
    first: 'The first round without the import:',
  };
  return (['warm', 'cold', 'first'] as const)
    .flatMap((what) => [
      titles[what],
      '',
      ...markdownTable(
        headings,
        rows.map((row) => cellsOf(row, what)),
      ),
      '',
    ])
    .join('\n')
    .trimEnd();
}
