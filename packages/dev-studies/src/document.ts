/**
 * A page with the figures of a study in their place, between `<!-- study: NAME -->` and `<!-- end -->`.
 *
 * Throws an Error where the page has no such place.
 */
export function withFigures(page: string, study: string, figures: string): string {
  const open = `<!-- study: ${study} -->\n`;
  const from = page.indexOf(open);
  const to = page.indexOf('<!-- end -->', from);
  if (from < 0 || to < 0) throw new Error(`the page has no place for the figures of ${study}`);
  return `${page.slice(0, from + open.length)}\n${figures}\n\n${page.slice(to)}`;
}
