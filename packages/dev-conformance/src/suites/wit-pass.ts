import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { renderPlain } from '@wit-ts/diagnostics';
import { toJson } from '@wit-ts/wit';
import { shared, shownPath } from '../files.ts';
import type { Case, Suite } from '../suite.ts';
import { loadCase, witCases, type WitCase } from './wit-corpus.ts';

/** WIT that is right resolves without a finding, and gives the JSON in `.wit.json` byte for byte, where that is there. */
export const witPass: Suite = {
  name: 'wit-pass',
  async *run({ paths }) {
    const cases = await witCases(paths.length === 0 ? [shared('corpus/wit-parse-pass')] : paths, '.json');
    for (const one of cases) {
      const reason = await failure(one).catch((error: unknown) => String(error));
      const named: Pick<Case, 'file' | 'name'> = { file: shownPath(one.input), name: basename(one.input) };
      yield reason === undefined ? { ...named, status: 'passed' } : { ...named, status: 'failed', reason };
    }
  },
};

async function failure({ input, expected }: WitCase): Promise<string | undefined> {
  const { resolve, diagnostics } = await loadCase(input);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) return errors.map((diagnostic) => renderPlain(diagnostic)).join('; ');
  if (expected === undefined) return undefined;
  const found = JSON.stringify(toJson(resolve), null, 2);
  const wanted = await readFile(expected, 'utf8');
  return found.trimEnd() === wanted.trimEnd() ? undefined : difference(found, wanted);
}

function difference(found: string, wanted: string): string {
  const [left, right] = [found.split('\n'), wanted.split('\n')];
  const line = right.findIndex((text, i) => text !== left[i]);
  const at = line < 0 ? right.length : line;
  return `line ${at + 1} of the JSON: expected ${JSON.stringify(right[at] ?? '')}, got ${JSON.stringify(left[at] ?? '')}`;
}
