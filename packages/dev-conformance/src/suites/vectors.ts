import { readFile } from 'node:fs/promises';
import { compileEngine } from '@wit-ts/abi/compile';
import { referenceEngine } from '@wit-ts/abi/reference';
import { collectFiles, shared, shownPath } from '../files.ts';
import type { Case, Suite, SuiteOptions } from '../suite.ts';
import { runVector, type Vector } from '../vectors/run-vector.ts';

const engines = { reference: referenceEngine, compile: compileEngine };

/** Vectors of the Canonical ABI: a case is one line of a `.jsonl` file, under both engines. */
export const vectors: Suite = {
  name: 'vectors',
  async *run({ paths }: SuiteOptions): AsyncIterable<Case> {
    for (const file of await collectFiles(paths, [shared('vectors')], '.jsonl')) {
      const lines = (await readFile(file, 'utf8')).split('\n');
      for (const [index, line] of lines.entries()) {
        if (line === '') continue;
        const reason = runLine(line);
        yield {
          file: shownPath(file),
          name: String(index + 1),
          line: index + 1,
          status: reason === undefined ? 'passed' : 'failed',
          ...(reason && { reason }),
        };
      }
    }
  },
};

function runLine(line: string): string | undefined {
  for (const [name, engine] of Object.entries(engines)) {
    try {
      const problem = runVector(engine, JSON.parse(line) as Vector);
      if (problem !== undefined) return `${name}: ${problem}`;
    } catch (error) {
      return `${name}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`;
    }
  }
  return undefined;
}
