import { readFile } from 'node:fs/promises';
import { collectFiles, shared, shownPath } from '../files.ts';
import type { Case, Suite, SuiteOptions } from '../suite.ts';
import { type Directive, readScript } from '../wast/script.ts';
import { lineAt, ScriptError } from '../wast/sexpr.ts';
import { ScriptThread } from '../wast/thread.ts';

/** The specification's conformance scripts; a case is a directive. */
export const wast: Suite = { name: 'wast', run };

async function* run(options: SuiteOptions): AsyncGenerator<Case> {
  const files = await collectFiles(options.paths, [shared('corpus/wast')], '.wast');
  const thread = new ScriptThread(options.imports);
  try {
    for (const path of files) {
      const file = shownPath(path);
      const source = await readFile(path, 'utf8');
      const directives = readOrExplain(source);
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

function readOrExplain(
  source: string,
): readonly Directive[] | { readonly unreadable: string; readonly line: number } {
  try {
    return readScript(source);
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    return { unreadable: error.message, line: lineAt(source, error.offset) };
  }
}
