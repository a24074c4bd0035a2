import { readFile } from 'node:fs/promises';
import { collectFiles, sharedPath, displayPath } from '../paths.ts';
import type { CaseResult, ConformanceSuite, SuiteOptions } from '../conformance-suite.ts';
import { type Directive, readScript } from '../wast/read-script.ts';
import { lineAt, ScriptError } from '../wast/s-expressions.ts';
import { ScriptThread } from '../wast/script-thread.ts';

/** Runs the specification's test scripts (`.wast`). A case is one directive of a script. */
export const wast: ConformanceSuite = { name: 'wast', run };

async function* run(options: SuiteOptions): AsyncGenerator<CaseResult> {
  const files = await collectFiles(options.paths, [sharedPath('corpus/wast')], '.wast');
  const thread = new ScriptThread({ imports: options.imports, engine: options.engine });
  try {
    for (const path of files) {
      const file = displayPath(path);
      const source = await readFile(path, 'utf8');
      const directives = readDirectives(source);
      if ('unreadable' in directives) {
        yield {
          file,
          name: 'script',
          status: 'failed',
          line: directives.line,
          reason: directives.unreadable,
        };
        continue;
      }
      const outcomes = await thread.run(source, directives);
      for (const [at, { passed, reason }] of outcomes.entries()) {
        const { line, name } = directives[at]!;
        const status = passed ? 'passed' : 'failed';
        yield { file, name, line, status, ...(reason === undefined ? {} : { reason }) };
      }
    }
  } finally {
    await thread.close();
  }
}

function readDirectives(
  source: string,
): readonly Directive[] | { readonly unreadable: string; readonly line: number } {
  try {
    return readScript(source);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return { unreadable: error.message, line: lineAt(source, error.offset) };
  }
}
