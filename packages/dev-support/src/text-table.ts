export interface TextTableOptions {
  /** The first column that is aligned to the right; those before it are aligned to the left. 1 by default. */
  readonly firstNumber?: number;
}

/** Returns the lines of a table for the terminal: a row of headings, a rule below it, then the rows. */
export function textTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { firstNumber = 1 }: TextTableOptions = {},
): string {
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, column) =>
        column < firstNumber ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!),
      )
      .join('  ')
      .trimEnd();
  const rule = widths.map((width) => '─'.repeat(width)).join('  ');
  return [line(headings), rule, ...rows.map(line)].join('\n');
}
