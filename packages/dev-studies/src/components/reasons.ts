import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { decode, validate } from '@wit-ts/component';
import {
  assembleComponent,
  type DirectiveAction,
  type ComponentForm,
  readScript,
} from '@wit-ts/dev-conformance';
import type { Findings, Study } from '../study.ts';
import { corpus } from './collect.ts';
import { sameSense } from './senses.ts';

/** Whether what the specification's scripts call invalid or malformed is refused, and for the reason that they name. */
export const reasons: Study = { name: 'reasons', page: 'docs/components.md', run };

const FOLDERS = ['binary', 'validation'];

interface Row {
  readonly place: string;
  readonly folder: string;
  readonly directive: string;
  readonly expected: string;
  /** What was found: `code: message`. Empty for a component that is accepted. */
  readonly found: readonly string[];
  readonly verdict: Verdict;
}

type Verdict =
  | 'accepted, as it should be'
  | 'refused for the reason named'
  | 'refused, no reason named'
  | 'refused for another reason'
  | 'accepted, but should not be'
  | 'refused, but should not be'
  | 'refused by the assembler already';

async function run(): Promise<Findings> {
  const rows: Row[] = [];
  for (const folder of FOLDERS) {
    const directory = join(corpus, 'wast', folder);
    for (const file of existsSync(directory) ? readdirSync(directory).sort() : []) {
      for (const { line, action } of readScript(readFileSync(join(directory, file), 'utf8'))) {
        const row = await judge(action);
        if (row !== undefined) rows.push({ ...row, folder, place: `${basename(file)}:${line}` });
      }
    }
  }
  const failed = rows.some(({ verdict }) => verdict.includes('should not') || verdict.includes('another'));
  return { markdown: report(rows), failed: failed || rows.length === 0, data: rows };
}

async function judge(action: DirectiveAction): Promise<Omit<Row, 'place' | 'folder'> | undefined> {
  switch (action.tag) {
    case 'component':
    case 'definition': {
      const found = await findings(action.component);
      const verdict = found.length === 0 ? 'accepted, as it should be' : 'refused, but should not be';
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
  if (found.length === 0) return 'accepted, but should not be';
  if (found[0]!.startsWith('assembler: ')) return 'refused by the assembler already';
  if (expected === '') return 'refused, no reason named';
  return found.some((one) => sameSense(expected, one))
    ? 'refused for the reason named'
    : 'refused for another reason';
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
    ({ verdict }) => verdict.includes('another') || verdict.includes('should not'),
  );
  const several = rows.filter(({ found }) => found.length > 1).length;
  return [
    `| | ${FOLDERS.join(' | ')} |`,
    `| --- | ${FOLDERS.map(() => '--:').join(' | ')} |`,
    ...verdicts.map(
      (verdict) => `| ${verdict} | ${FOLDERS.map((folder) => count(verdict, folder)).join(' | ')} |`,
    ),
    '',
    `Of ${several} components more than one thing was found.`,
    ...(differing.length === 0 ? [] : ['']),
    ...differing.map(({ place, verdict, expected, found }) => {
      return `- ${place}: ${verdict}; expected \`${expected}\`, found ${found.map((one) => `\`${one}\``).join(', ') || 'nothing'}`;
    }),
  ].join('\n');
}
