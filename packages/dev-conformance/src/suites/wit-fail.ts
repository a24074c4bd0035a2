import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { renderPlain, type Diagnostic } from '@wit-ts/diagnostics';
import { shared, shownPath } from '../files.ts';
import type { Case, Suite } from '../suite.ts';
import { loadCase, witCases, type WitCase } from './wit-corpus.ts';

/**
 * WIT that is wrong is rejected, and the first error stands where the reference's does: `.result` beside it says where
 * (`--> file:line:column`), if it does. The wording is ours.
 */
export const witFail: Suite = {
  name: 'wit-fail',
  async *run({ paths }) {
    const cases = await witCases(paths.length === 0 ? [shared('corpus/wit-parse-fail')] : paths, '.result');
    for (const one of cases) {
      const reason = await failure(one).catch((error: unknown) => String(error));
      const named: Pick<Case, 'file' | 'name'> = { file: shownPath(one.input), name: basename(one.input) };
      yield reason === undefined ? { ...named, status: 'passed' } : { ...named, status: 'failed', reason };
    }
  },
};

async function failure({ input, expected }: WitCase): Promise<string | undefined> {
  const { diagnostics } = await loadCase(input);
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) return 'nothing was found wrong with it';
  const wanted = expected === undefined ? undefined : expectedPlace(await readFile(expected, 'utf8'));
  if (wanted === undefined) return undefined;
  const found = placeOf(first);
  if (found?.line === wanted.line && found.column === wanted.column && found.file === wanted.file)
    return undefined;
  return `the first error should stand at ${wanted.file}:${wanted.line}:${wanted.column}: ${renderPlain(first)}`;
}

interface Place {
  /** The file's own name: the path before it is where the corpus lies. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function expectedPlace(result: string): Place | undefined {
  const match = /--> (.*):(\d+):(\d+)\s*$/mu.exec(result);
  if (match === null) return undefined;
  const [, file = '', line, column] = match;
  return { file: basename(file), line: Number(line), column: Number(column) };
}

function placeOf({ span }: Diagnostic): Place | undefined {
  return span === undefined
    ? undefined
    : { file: basename(span.file.path), ...span.file.position(span.start) };
}
