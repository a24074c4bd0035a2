export interface MarkdownTableOptions {
  /** The first column that is aligned to the right; those before it are aligned to the left. 1 by default. */
  readonly firstNumber?: number;
}

/**
 * Returns the lines of a Markdown table, padded as prettier pads them when no cell holds wide characters. Cells are
 * Markdown; a `|` in a cell must be escaped by the caller.
 */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { firstNumber = 1 }: MarkdownTableOptions = {},
): readonly string[] {
  const widths = headings.map((_, column) =>
    Math.max(3, ...[headings, ...rows].map((row) => [...(row[column] ?? '')].length)),
  );
  const padded = (row: readonly string[]): readonly string[] =>
    widths.map((width, column) => {
      const cell = row[column] ?? '';
      const space = ' '.repeat(width - [...cell].length);
      return column < firstNumber ? cell + space : space + cell;
    });
  const rule = widths.map((width, column) =>
    column < firstNumber ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [line(padded(headings)), line(rule), ...rows.map((row) => line(padded(row)))];
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
