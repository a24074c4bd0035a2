import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { renderPlain, type Diagnostic } from '@wit-ts/diagnostics';
import type { ConformanceSuite } from '../conformance-suite.ts';
import { sharedPath } from '../paths.ts';
import { loadCase, resultOf, witCases, type WitCase } from './wit-corpus.ts';

/**
 * Checks that invalid WIT is rejected, and that the first error is at the reference's position. The file `.result`
 * beside the WIT may contain the position as `--> file:line:column`. The wording of the error is not compared.
 */
export const witFail: ConformanceSuite = {
  name: 'wit-fail',
  async *run({ paths }) {
    const cases = await witCases(
      paths.length === 0 ? [sharedPath('corpus/wit-parse-fail')] : paths,
      '.result',
    );
    for (const each of cases) yield resultOf(each, failureReason);
  },
};

async function failureReason({ input, expected }: WitCase): Promise<string | undefined> {
  const { diagnostics } = await loadCase(input);
  const first = diagnostics.find(({ severity }) => severity === 'error');
  if (first === undefined) return 'expected an error, but the WIT was accepted';
  const wanted = expected === undefined ? undefined : expectedPosition(await readFile(expected, 'utf8'));
  if (wanted === undefined) return undefined;
  const found = positionOf(first);
  if (found?.line === wanted.line && found.column === wanted.column && found.file === wanted.file)
    return undefined;
  return `expected the first error at ${wanted.file}:${wanted.line}:${wanted.column}, got ${renderPlain(first)}`;
}

interface ErrorPosition {
  /** The name of the file without its folder. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

function expectedPosition(result: string): ErrorPosition | undefined {
  const match = /--> (.*):(\d+):(\d+)\s*$/mu.exec(result);
  if (match === null) return undefined;
  const [, file = '', line, column] = match;
  return { file: basename(file), line: Number(line), column: Number(column) };
}

function positionOf({ span }: Diagnostic): ErrorPosition | undefined {
  return span === undefined
    ? undefined
    : { file: basename(span.file.path), ...span.file.position(span.start) };
}
