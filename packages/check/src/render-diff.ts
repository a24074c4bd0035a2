import type { Bump, Change, DiffReport } from './diff.ts';
import { paintOf, printable } from '@wit-ts/diagnostics';

/** A difference for people: the bump that is needed, and the changes, those that break first. */
export function renderDiff(report: DiffReport, options: { readonly color?: boolean } = {}): string {
  const paint = paintOf(options.color);
  const { bump, changes, versionFits } = report;
  const names = `${printable(report.old)} → ${printable(report.new)}`;
  const lines = [`${paint.bold(names)}: ${verdict(bump, changes)}`];
  for (const [title, wanted] of [
    ['breaking', 'major'],
    ['compatible', 'minor'],
  ] as const) {
    const some = changes.filter((change) => change.bump === wanted);
    if (some.length === 0) continue;
    lines.push('', `  ${paint.bold(title)}`);
    const tint = wanted === 'major' ? paint.red : paint.green;
    for (const { path, summary, breaks } of some) {
      const place = path.map(printable).join(' › ');
      const who = breaks.length === 0 ? '' : ` ${paint.dim(`(${PARTIES.get(breaks.join()) ?? ''})`)}`;
      lines.push(
        `    ${tint(wanted === 'major' ? '✗' : '+')} ${paint.blue(place)}: ${printable(summary)}${who}`,
      );
    }
  }
  if (versionFits === false)
    lines.push('', paint.yellow(`  the new version is not far enough: a ${bump} bump is needed`));
  return lines.join('\n');
}

const PARTIES: ReadonlyMap<string, string> = new Map([
  ['hosts', 'hosts must follow'],
  ['guests', 'guests must follow'],
  ['hosts,guests', 'hosts and guests must follow'],
]);

function verdict(bump: Bump, changes: readonly Change[]): string {
  if (changes.length === 0) return 'nothing changed but, perhaps, documentation (patch)';
  return bump === 'major' ? 'breaking changes (major)' : 'compatible changes (minor)';
}
