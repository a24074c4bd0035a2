import { readFile } from 'node:fs/promises';
import { compileEngine } from '@wit-ts/abi/compile';
import { referenceEngine } from '@wit-ts/abi/reference';
import { collectFiles, sharedPath, displayPath } from '../paths.ts';
import type { CaseResult, ConformanceSuite, SuiteOptions } from '../conformance-suite.ts';
import { runVector, type Vector } from '../vectors/run-vector.ts';

const engines = { reference: referenceEngine, compile: compileEngine };

/** Runs test vectors of the Canonical ABI with both engines. A case is one line of a `.jsonl` file. */
export const vectors: ConformanceSuite = {
  name: 'vectors',
  async *run({ paths }: SuiteOptions): AsyncIterable<CaseResult> {
    for (const file of await collectFiles(paths, [sharedPath('vectors')], '.jsonl')) {
      const lines = (await readFile(file, 'utf8')).split('\n');
      for (const [index, line] of lines.entries()) {
        if (line === '') continue;
        const reason = runLine(line);
        yield {
          file: displayPath(file),
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
