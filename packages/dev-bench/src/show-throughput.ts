import { textTable } from '@wit-ts/dev-support/text-table';
import { contenderNames } from './contenders/make-instance.ts';
import type { RowResult } from './measure-rows.ts';

/** Prints how many bytes each contender passes on in a second, beside copying them, if there are such rows. */
export function showThroughput(results: readonly RowResult[]): void {
  const rows = results.flatMap(({ name, bytes, timings, ratios }) => {
    if (bytes === undefined || timings.copy === undefined || ratios.copyToWitTs === undefined) return [];
    const speeds = [...contenderNames, 'copy' as const].map((each) => gigabytes(bytes, timings[each] ?? NaN));
    return [[name, ...speeds, ratios.copyToWitTs.toFixed(2)]];
  });
  if (rows.length === 0) return;
  const headings = ['bytes in a second', ...contenderNames, 'copy', 'wit-ts / copy'];
  process.stdout.write(`${textTable(headings, rows)}\n\n`);
}

/** A byte in a nanosecond is a gigabyte in a second. */
function gigabytes(bytes: number, nanoseconds: number): string {
  return `${(bytes / nanoseconds).toFixed(2)} GB/s`;
}
