/**
 * Returns a page with the figures of a study between `<!-- study: NAME -->` and `<!-- end -->`. Throws an Error when
 * the page does not contain these comments.
 */
export function withFigures(page: string, study: string, figures: string): string {
  const open = `<!-- study: ${study} -->\n`;
  const from = page.indexOf(open);
  const to = page.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0)
    throw new Error(`the page does not contain <!-- study: ${study} --> and <!-- end -->`);
  return `${page.slice(0, from + open.length)}\n${figures}\n\n${page.slice(to)}`;
}
