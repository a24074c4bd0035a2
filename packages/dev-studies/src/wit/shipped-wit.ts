import { parseCst } from '@wit-ts/grammar';
import { renderPlain, type Diagnostic } from '@wit-ts/diagnostics';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import { format, parse, resolve, toJson } from '@wit-ts/wit';
import type { StudyFindings, Study } from '../study.ts';
import { Reference } from '../reference.ts';
import { STUDY_WORLD, selfContainedFiles } from './self-contained-files.ts';
import { allWitPackages, inputOf, modernized, type WitPackage } from './wit-packages.ts';

/** Checks that WIT in npm packages is parsed, resolved and formatted without a loss. */
export const shippedWit: Study = {
  name: 'corpus',
  question: 'Does wit-ts parse, resolve and format the WIT in npm packages without a loss?',
  run,
};

interface Row {
  readonly npm: string;
  packages: number;
  files: number;
  lines: number;
  comments: number;
  parsed: number;
  resolved: number;
  formatted: number;
  stable: number;
  sameMeaning: number;
}

async function run(): Promise<StudyFindings> {
  const all = await allWitPackages();
  const rows = new Map<string, Row>();
  const problems: string[] = [];
  const notes: string[] = [];
  const reference = new Reference();
  for (const one of all) {
    const row = rows.get(one.npm) ?? emptyRow(one.npm);
    rows.set(one.npm, row);
    row.packages += 1;
    studyFiles(one, row, problems);
    const wrong = studyMeaning(one, all, row, problems);
    if (wrong.length === 0) continue;
    const [text] = selfContainedFiles(one, all).map(({ before, text: own, after }) => before + own + after);
    const theirs = await reference.acceptsWit(text!, STUDY_WORLD);
    if (theirs.tag === 'rejected' && resolve(inputOf(modernized(one), all)).diagnostics.length === 0)
      notes.push(noteAboutOldNames(one, wrong, theirs.message));
    else problems.push(...wrong.map(renderPlain));
  }
  const data = [...rows.values()];
  return {
    markdown: table(data, [...notes, ...problems]),
    failed: problems.length > 0,
    data: { rows: data, notes, problems },
  };
}

function noteAboutOldNames({ name }: WitPackage, wrong: readonly Diagnostic[], theirs: string): string {
  const names = new Set(wrong.flatMap(({ message }) => message.match(/`[^`]+`/u) ?? []));
  const [message = ''] = theirs.split('\n');
  return `${name} does not resolve, because ${[...names].join(' and ')} do not exist. The reference rejects it too (“${message}”). It resolves when \`f32\` and \`f64\` are used instead.`;
}

function emptyRow(npm: string): Row {
  return {
    npm,
    packages: 0,
    files: 0,
    lines: 0,
    comments: 0,
    parsed: 0,
    resolved: 0,
    formatted: 0,
    stable: 0,
    sameMeaning: 0,
  };
}

function studyFiles({ files }: WitPackage, row: Row, problems: string[]): void {
  for (const file of files) {
    row.files += 1;
    row.lines += file.lineStarts.length - 1;
    const { diagnostics } = parse(file);
    if (diagnostics.length === 0) row.parsed += 1;
    else problems.push(...diagnostics.map(renderPlain));
    const once = format(file.text);
    const before = comments(file.text);
    row.comments += before.length;
    if (once.diagnostics.length === 0 && same(before, comments(once.value))) row.formatted += 1;
    else problems.push(`${file.path}: formatting removes a comment`);
    if (format(once.value).value === once.value) row.stable += 1;
    else problems.push(`${file.path}: formatting the formatted text changes it`);
  }
}

function studyMeaning(
  one: WitPackage,
  all: readonly WitPackage[],
  row: Row,
  problems: string[],
): readonly Diagnostic[] {
  const input = inputOf(one, all);
  const { value, diagnostics } = resolve(input, { allFeatures: true });
  if (diagnostics.length === 0) row.resolved += 1;
  const formatted = one.files.map(({ text }) => format(text).value);
  const again = resolve({ ...input, files: formatted }, { allFeatures: true }).value;
  if (JSON.stringify(toJson(value.resolve)) === JSON.stringify(toJson(again.resolve))) row.sameMeaning += 1;
  else problems.push(`${one.name}: formatting changes the meaning`);
  return diagnostics;
}

function comments(text: string): string[] {
  return parseCst(text).comments.map(({ image }) => image.trimEnd());
}

function same(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, i) => text === right[i]);
}

function table(rows: readonly Row[], problems: readonly string[]): string {
  const headings = [
    'npm package',
    'WIT packages',
    'files',
    'lines',
    'comments',
    'files parsed',
    'packages resolved',
    'files that keep all comments when formatted',
    'files unchanged by formatting again',
    'packages with the same meaning when formatted',
  ];
  const cells = rows.map((row) => [
    row.npm,
    ...[row.packages, row.files, row.lines, row.comments].map(String),
    `${row.parsed}/${row.files}`,
    `${row.resolved}/${row.packages}`,
    `${row.formatted}/${row.files}`,
    `${row.stable}/${row.files}`,
    `${row.sameMeaning}/${row.packages}`,
  ]);
  const lines = [...markdownTable(headings, cells)];
  if (problems.length > 0) lines.push('', ...problems.map((problem) => `- ${problem}`));
  return lines.join('\n');
}
