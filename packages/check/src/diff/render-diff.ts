import { withoutPrototype } from '@wit-ts/model';
import { paintOf, printableLine, type Paint } from '@wit-ts/diagnostics';
import { segmentText } from '@wit-ts/model';
import { changePathText } from './change-path.ts';
import {
  CHANGE_KINDS,
  groupChanges,
  partiesText,
  pathsByMessage,
  type ChangeGroup,
  type ChangeKind,
} from './change-groups.ts';
import type { Change, DiffReport, Remark } from './report.ts';
import { verdict, versionText } from './verdict.ts';

/** Renders a difference for people: the bump that it needs and the changes, breaking ones first. */
export function renderDiff(report: DiffReport, options: { readonly color?: boolean } = {}): string {
  const paint = paintOf(withoutPrototype(options).color);
  const names = `${printableLine(report.old)} → ${printableLine(report.new)}`;
  const lines = [`${paint.bold(names)}: ${verdict(report)}`];
  const version = versionText(report);
  if (version !== undefined)
    lines.push(report.version?.fits === true ? `  ${version}` : paint.yellow(`  ${version}`));
  for (const kind of CHANGE_KINDS) {
    const groups = groupChanges(report.changes, kind);
    if (groups.length === 0) continue;
    lines.push('', `  ${paint.bold(TITLES[kind])}`);
    if (kind === 'documentation') lines.push(`    ${changedPaths(groups.flatMap(({ changes }) => changes))}`);
    else for (const group of groups) lines.push(...groupLines(group, kind, paint));
  }
  lines.push(...remarkLines(report.remarks, paint));
  return lines.join('\n');
}

const TITLES: Readonly<Record<ChangeKind, string>> = {
  breaking: 'breaking',
  new: 'compatible',
  gated: 'gated by a feature, so not part of the stable contract',
  documentation: 'documentation',
};

function groupLines({ title, changes, sameAs }: ChangeGroup, kind: ChangeKind, paint: Paint): string[] {
  const mark = kind === 'breaking' ? paint.red('✗') : kind === 'new' ? paint.green('+') : paint.dim('~');
  const [only] = changes;
  if (changes.length === 1 && only?.path.length === 1) {
    return [`    ${mark} ${paint.blue(printableLine(segmentText(title)))}: ${changeText(only, paint)}`];
  }
  return [
    `    ${paint.blue(printableLine(segmentText(title)))}`,
    ...changes.map((change) => {
      const inner = printableLine(changePathText(change.path.slice(1)));
      return `      ${mark} ${inner === '' ? '' : `${paint.blue(inner)}: `}${changeText(change, paint)}`;
    }),
    ...(sameAs === undefined ? [] : [`      ${mark} ${sameText(sameAs)}`]),
  ];
}

function sameText({ title, count }: NonNullable<ChangeGroup['sameAs']>): string {
  return `the same ${count} changes as in ${printableLine(segmentText(title))}`;
}

function changeText(change: Change, paint: Paint): string {
  const { summary, hint, feature } = change;
  const who = partiesText(change);
  const notes = [
    ...(feature === undefined ? [] : [`feature ${feature}`]),
    ...(who === '' ? [] : [`breaks ${who}`]),
  ];
  const end = notes.length === 0 ? '' : ` ${paint.dim(`(${notes.map(printableLine).join('; ')})`)}`;
  return `${printableLine(summary)}${hint === undefined ? '' : `; ${printableLine(hint)}`}${end}`;
}

/** More paths than these are counted; the JSON has all. */
const MAX_PATHS = 6;

function changedPaths(changes: readonly Change[]): string {
  const shown = changes.slice(0, MAX_PATHS).map(({ path }) => printableLine(changePathText(path)));
  const more = changes.length > MAX_PATHS ? `, and ${changes.length - MAX_PATHS} more` : '';
  return `${shown.join(', ')}${more}`;
}

function remarkLines(remarks: readonly Remark[], paint: Paint): string[] {
  if (remarks.length === 0) return [];
  return [
    '',
    `  ${paint.bold('gates')}`,
    ...[...pathsByMessage(remarks)].flatMap(([message, paths]) => [
      `    ${paint.yellow('!')} ${printableLine(message)}`,
      ...paths.map((path) => `      ${paint.blue(printableLine(changePathText(path)))}`),
    ]),
  ];
}
