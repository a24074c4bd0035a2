import { readFile } from 'node:fs/promises';
import { renderPlain } from '@wit-ts/diagnostics';
import { toJson } from '@wit-ts/wit';
import type { ConformanceSuite } from '../conformance-suite.ts';
import { firstDifference } from '../first-difference.ts';
import { sharedPath } from '../paths.ts';
import { loadCase, resultOf, witCases, type WitCase } from './wit-corpus.ts';

/**
 * Checks that valid WIT resolves without errors, and that its JSON is byte for byte the content of `.wit.json` if that
 * exists.
 */
export const witPass: ConformanceSuite = {
  name: 'wit-pass',
  async *run({ paths }) {
    const cases = await witCases(paths.length === 0 ? [sharedPath('corpus/wit-parse-pass')] : paths, '.json');
    for (const each of cases) yield resultOf(each, failureReason);
  },
};

async function failureReason({ input, expected }: WitCase): Promise<string | undefined> {
  const { resolve, diagnostics } = await loadCase(input);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors.map((diagnostic) => renderPlain(diagnostic)).join('; ');
  if (expected === undefined) return undefined;
  const expectedJson = (await readFile(expected, 'utf8')).trimEnd();
  const difference = firstDifference(expectedJson, JSON.stringify(toJson(resolve), null, 2));
  return difference === undefined ? undefined : `JSON, ${difference}`;
}
