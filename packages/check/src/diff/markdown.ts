import { printable } from '@wit-ts/diagnostics';
import { byMessage, type Group, grouped, KINDS, type Kind, partiesText } from './group.ts';
import type { Change, DiffReport } from './report.ts';
import { verdict, versionText } from './verdict.ts';

/**
 * A difference as Markdown, to be published beside a release.
 *
 * @param level of the first heading
 */
export function diffToMarkdown(report: DiffReport, level = 1): string {
  const hashes = '#'.repeat(level);
  const version = versionText(report);
  return [
    `${hashes} ${code(report.old)} → ${code(report.new)}`,
    '',
    `${sentence(verdict(report))}${version === undefined ? '' : ` ${sentence(version)}`}`,
    ...KINDS.flatMap((kind) => section(report.changes, kind, `${hashes}#`)),
    ...remarks(report, `${hashes}#`),
    '',
  ].join('\n');
}

const TITLES: Readonly<Record<Kind, string>> = {
  breaking: 'Breaking',
  new: 'Compatible',
  gated: 'Gated by a feature',
  documentation: 'Documentation',
};

function section(changes: readonly Change[], kind: Kind, hashes: string): string[] {
  const groups = grouped(changes, kind);
  if (groups.length === 0) return [];
  const lines = ['', `${hashes} ${TITLES[kind]}`, ''];
  if (kind === 'documentation') return [...lines, ...groups.map(documentation)];
  for (const { title, changes: some, as } of groups) {
    const whole = some.find(({ path }) => path.length === 1);
    const parts = some.filter((change) => change !== whole);
    lines.push(`- **${place([title])}**${whole === undefined ? '' : `: ${changeText(whole)}`}`);
    lines.push(...parts.map((change) => `  - ${place(change.path.slice(1))}: ${changeText(change)}`));
    if (as !== undefined) lines.push(`  - the same ${as.count} as in ${place([as.title])}`);
  }
  return lines;
}

/** What changed there is read in the source; how much is enough here. */
function documentation({ title, changes }: Group): string {
  const counts = Object.entries(Object.groupBy(changes, ({ summary }) => summary));
  const parts = counts.map(([summary, some = []]) => `${summary} (${some.length})`);
  return `- **${place([title])}**: ${parts.join(', ')}`;
}

function changeText(change: Change): string {
  const { summary, hint, feature } = change;
  const who = partiesText(change);
  const parts = [
    markdown(summary),
    ...(hint === undefined ? [] : [markdown(hint)]),
    ...(feature === undefined ? [] : [`feature ${code(feature)}`]),
    ...(who === '' ? [] : [`*${who} must follow*`]),
  ];
  return parts.join('; ');
}

function remarks({ remarks: all }: DiffReport, hashes: string): string[] {
  if (all.length === 0) return [];
  const lines = [...byMessage(all)].flatMap(([message, paths]) => [
    `- ${markdown(message)}:`,
    ...paths.map((path) => `  - ${place(path)}`),
  ]);
  return ['', `${hashes} Gates`, '', ...lines];
}

function place(path: readonly string[]): string {
  return path
    .map((segment) =>
      segment.replace(/^(\S+) (.+)$/u, (_, noun: string, name: string) => `${noun} ${code(name)}`),
    )
    .join(' › ');
}

function sentence(text: string): string {
  return `${markdown(text.slice(0, 1).toUpperCase() + text.slice(1))}.`;
}

/** Names come from packages: none of them may become markup. */
function code(text: string): string {
  const clean = printable(text).replaceAll('|', '\\|');
  const fence = clean.includes('`') ? '``' : '`';
  return `${fence}${clean}${fence}`;
}

/** Summaries have their WIT in backquotes already. */
function markdown(text: string): string {
  return printable(text)
    .split('`')
    .map((part, i) => (i % 2 === 0 ? part.replaceAll(/[<>[\]*_|]/gu, '\\$&') : `\`${part}\``))
    .join('');
}
