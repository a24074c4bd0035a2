import { printableLine } from '@wit-ts/diagnostics';
import { segmentName, segmentText, type PathSegment } from '@wit-ts/model';
import {
  CHANGE_KINDS,
  groupChanges,
  partiesText,
  pathsByMessage,
  type ChangeGroup,
  type ChangeKind,
} from './change-groups.ts';
import type { Change, DiffReport } from './report.ts';
import { verdict, versionText } from './verdict.ts';

/**
 * Renders a difference as Markdown, to be published with a release.
 *
 * @param level the level of the first heading
 */
export function diffToMarkdown(report: DiffReport, level = 1): string {
  const hashes = '#'.repeat(level);
  const version = versionText(report);
  return [
    `${hashes} ${code(report.old)} → ${code(report.new)}`,
    '',
    sentence(verdict(report)),
    ...(version === undefined ? [] : [sentence(version)]),
    ...CHANGE_KINDS.flatMap((kind) => section(report.changes, kind, `${hashes}#`)),
    ...remarkLines(report, `${hashes}#`),
    '',
  ].join('\n');
}

const TITLES: Readonly<Record<ChangeKind, string>> = {
  breaking: 'Breaking',
  new: 'Compatible',
  gated: 'Gated by a feature',
  documentation: 'Documentation',
};

function section(changes: readonly Change[], kind: ChangeKind, hashes: string): string[] {
  const groups = groupChanges(changes, kind);
  if (groups.length === 0) return [];
  const lines = ['', `${hashes} ${TITLES[kind]}`, ''];
  if (kind === 'documentation') return [...lines, ...groups.map(documentationLine)];
  for (const { title, changes: some, sameAs } of groups) {
    const whole = some.find(({ path }) => path.length === 1);
    const parts = some.filter((change) => change !== whole);
    lines.push(`- **${pathMarkdown([title])}**${whole === undefined ? '' : `: ${changeText(whole)}`}`);
    lines.push(...parts.map((change) => `  - ${pathMarkdown(change.path.slice(1))}: ${changeText(change)}`));
    if (sameAs !== undefined) {
      lines.push(`  - the same ${sameAs.count} changes as in ${pathMarkdown([sameAs.title])}`);
    }
  }
  return lines;
}

/** Counts are enough here: the source has the texts. */
function documentationLine({ title, changes }: ChangeGroup): string {
  const counts = Object.entries(Object.groupBy(changes, ({ summary }) => summary));
  const parts = counts.map(([summary, some = []]) => `${summary} (${some.length})`);
  return `- **${pathMarkdown([title])}**: ${parts.join(', ')}`;
}

function changeText(change: Change): string {
  const { summary, hint, feature } = change;
  const who = partiesText(change);
  const parts = [
    markdown(summary),
    ...(hint === undefined ? [] : [markdown(hint)]),
    ...(feature === undefined ? [] : [`feature ${code(feature)}`]),
    ...(who === '' ? [] : [`*breaks ${who}*`]),
  ];
  return parts.join('; ');
}

function remarkLines({ remarks: all }: DiffReport, hashes: string): string[] {
  if (all.length === 0) return [];
  const lines = [...pathsByMessage(all)].flatMap(([message, paths]) => [
    `- ${markdown(message)}:`,
    ...paths.map((path) => `  - ${pathMarkdown(path)}`),
  ]);
  return ['', `${hashes} Gates`, '', ...lines];
}

function pathMarkdown(path: readonly PathSegment[]): string {
  return path.map(segmentMarkdown).join(' › ');
}

/** `record r` as its noun, and its name as code. */
function segmentMarkdown(segment: PathSegment): string {
  const [text, name] = [segmentText(segment), segmentName(segment)];
  return text === name || !text.endsWith(` ${name}`)
    ? printableLine(text)
    : `${printableLine(text.slice(0, -name.length - 1))} ${code(name)}`;
}

function sentence(text: string): string {
  return `${markdown(text.slice(0, 1).toUpperCase() + text.slice(1))}.`;
}

/** Names come from packages, so none of them may become markup. */
function code(text: string): string {
  const clean = printableLine(text).replaceAll('|', '\\|');
  const fence = clean.includes('`') ? '``' : '`';
  return `${fence}${clean}${fence}`;
}

/** Escapes a summary, whose WIT is in backquotes already. */
function markdown(text: string): string {
  return printableLine(text)
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(/[<>[\]*_|]/gu, '\\$&') : `\`${part}\``))
    .join('');
}
