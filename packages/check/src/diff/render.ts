import { paintOf, printable, type Paint } from '@wit-ts/diagnostics';
import { byMessage, type Group, grouped, KINDS, type Kind, partiesText } from './group.ts';
import type { Change, DiffReport, Remark } from './report.ts';
import { verdict, versionText } from './verdict.ts';

/** A difference for people: the bump that is needed, and the changes, those that break first. */
export function renderDiff(report: DiffReport, options: { readonly color?: boolean } = {}): string {
  const paint = paintOf(options.color);
  const names = `${printable(report.old)} → ${printable(report.new)}`;
  const lines = [`${paint.bold(names)}: ${verdict(report)}`];
  const version = versionText(report);
  if (version !== undefined)
    lines.push(report.version?.fits === true ? `  ${version}` : paint.yellow(`  ${version}`));
  for (const kind of KINDS) {
    const groups = grouped(report.changes, kind);
    if (groups.length === 0) continue;
    lines.push('', `  ${paint.bold(TITLES[kind])}`);
    if (kind === 'documentation') lines.push(`    ${places(groups.flatMap(({ changes }) => changes))}`);
    else for (const group of groups) lines.push(...groupLines(group, kind, paint));
  }
  lines.push(...remarkLines(report.remarks, paint));
  return lines.join('\n');
}

const TITLES: Readonly<Record<Kind, string>> = {
  breaking: 'breaking',
  new: 'compatible',
  gated: 'gated by a feature, and so promised to nobody',
  documentation: 'documentation',
};

function groupLines({ title, changes, as }: Group, kind: Kind, paint: Paint): string[] {
  const mark = kind === 'breaking' ? paint.red('✗') : kind === 'new' ? paint.green('+') : paint.dim('~');
  const [only] = changes;
  if (changes.length === 1 && only?.path.length === 1) {
    return [`    ${mark} ${paint.blue(printable(title))}: ${changeText(only, paint)}`];
  }
  return [
    `    ${paint.blue(printable(title))}`,
    ...changes.map((change) => {
      const place = change.path.slice(1).map(printable).join(' › ');
      return `      ${mark} ${place === '' ? '' : `${paint.blue(place)}: `}${changeText(change, paint)}`;
    }),
    ...(as === undefined ? [] : [`      ${mark} ${sameText(as)}`]),
  ];
}

function sameText({ title, count }: NonNullable<Group['as']>): string {
  return `the same ${count} as in ${printable(title)}`;
}

function changeText(change: Change, paint: Paint): string {
  const { summary, hint, feature } = change;
  const who = partiesText(change);
  const notes = [
    ...(feature === undefined ? [] : [`feature ${feature}`]),
    ...(who === '' ? [] : [`${who} must follow`]),
  ];
  const end = notes.length === 0 ? '' : ` ${paint.dim(`(${notes.map(printable).join('; ')})`)}`;
  return `${printable(summary)}${hint === undefined ? '' : `; ${printable(hint)}`}${end}`;
}

/** More are in the JSON. */
const MAX_PLACES = 6;

function places(changes: readonly Change[]): string {
  const shown = changes.slice(0, MAX_PLACES).map(({ path }) => path.map(printable).join(' › '));
  const more = changes.length > MAX_PLACES ? `, and ${changes.length - MAX_PLACES} more` : '';
  return `of ${shown.join(', ')}${more}`;
}

function remarkLines(remarks: readonly Remark[], paint: Paint): string[] {
  if (remarks.length === 0) return [];
  return [
    '',
    `  ${paint.bold('gates')}`,
    ...[...byMessage(remarks)].flatMap(([message, paths]) => [
      `    ${paint.yellow('!')} ${printable(message)}`,
      ...paths.map((path) => `      ${paint.blue(path.map(printable).join(' › '))}`),
    ]),
  ];
}
