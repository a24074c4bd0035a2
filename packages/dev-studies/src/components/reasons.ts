import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decode, validate } from '@wit-ts/component';
import {
  assembleComponent,
  type DirectiveAction,
  type ComponentForm,
  readScript,
} from '@wit-ts/dev-conformance';
import { markdownTable } from '@wit-ts/dev-support/markdown-table';
import type { StudyFindings, Study } from '../study.ts';
import { corpus } from './specimens.ts';
import { sameMeaning } from './message-meanings.ts';

/**
 * Checks that components which the specification's scripts call invalid or malformed are rejected for the reason in the
 * script.
 */
export const reasons: Study = {
  name: 'reasons',
  question: 'Are invalid components rejected for the right reason?',
  page: 'docs/components.md',
  run,
};

const FOLDERS = ['binary', 'validation'];

interface Row {
  readonly location: string;
  readonly folder: string;
  readonly directive: string;
  readonly expected: string;
  /** Our errors as `code: message`; empty when the component is accepted. */
  readonly found: readonly string[];
  readonly verdict: Verdict;
}

type Verdict =
  | 'valid, and accepted'
  | 'rejected for the expected reason'
  | 'rejected; the script gives no reason'
  | 'rejected for a different reason'
  | 'wrongly accepted'
  | 'wrongly rejected'
  | 'rejected by the assembler';

async function run(): Promise<StudyFindings> {
  const rows: Row[] = [];
  for (const folder of FOLDERS) {
    const directory = join(corpus, 'wast', folder);
    for (const file of existsSync(directory) ? readdirSync(directory).sort() : []) {
      for (const { line, action } of readScript(readFileSync(join(directory, file), 'utf8'))) {
        const row = await judge(action);
        if (row !== undefined) rows.push({ ...row, folder, location: `${basename(file)}:${line}` });
      }
    }
  }
  const failed = rows.some(({ verdict }) => verdict.startsWith('wrongly') || verdict.includes('different'));
  return { markdown: report(rows), failed: failed || rows.length === 0, data: rows };
}

async function judge(action: DirectiveAction): Promise<Omit<Row, 'location' | 'folder'> | undefined> {
  switch (action.tag) {
    case 'component':
    case 'definition': {
      const found = await findings(action.component);
      const verdict = found.length === 0 ? 'valid, and accepted' : 'wrongly rejected';
      return { directive: 'component', expected: '', found, verdict };
    }
    case 'assert-invalid':
    case 'assert-malformed': {
      const found = await findings(action.component);
      return {
        directive: action.tag,
        expected: action.message,
        found,
        verdict: verdictOf(action.message, found),
      };
    }
    default:
      return undefined;
  }
}

function verdictOf(expected: string, found: readonly string[]): Verdict {
  if (found.length === 0) return 'wrongly accepted';
  if (found[0]!.startsWith('assembler: ')) return 'rejected by the assembler';
  if (expected === '') return 'rejected; the script gives no reason';
  return found.some((one) => sameMeaning(expected, one))
    ? 'rejected for the expected reason'
    : 'rejected for a different reason';
}

async function findings(component: ComponentForm): Promise<string[]> {
  try {
    return validate(decode(await assembleComponent(component)))
      .filter(({ severity }) => severity === 'error')
      .map(({ code, message }) => `${code}: ${message}`);
  } catch (error) {
    if (error instanceof Error && error.name === 'DecodeError') return [`malformed: ${error.message}`];
    if (error instanceof Error && error.name === 'WatError') return [`assembler: ${error.message}`];
    throw error;
  }
}

function report(rows: readonly Row[]): string {
  const verdicts = [...new Set(rows.map(({ verdict }) => verdict))].sort();
  const count = (verdict: Verdict, folder: string): number =>
    rows.filter((row) => row.verdict === verdict && row.folder === folder).length;
  const differing = rows.filter(
    ({ verdict }) => verdict.includes('different') || verdict.startsWith('wrongly'),
  );
  const several = rows.filter(({ found }) => found.length > 1).length;
  return [
    ...markdownTable(
      ['components', ...FOLDERS],
      verdicts.map((verdict) => [verdict, ...FOLDERS.map((folder) => String(count(verdict, folder)))]),
    ),
    '',
    `${several} components have more than one error.`,
    ...(differing.length === 0 ? [] : ['']),
    ...differing.map(({ location, verdict, expected, found }) => {
      return `- ${location}: ${verdict}; expected \`${expected}\`, found ${found.map((one) => `\`${one}\``).join(', ') || 'nothing'}`;
    }),
  ].join('\n');
}
