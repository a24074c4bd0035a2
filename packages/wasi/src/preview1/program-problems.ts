import type { LinkProblem } from '@wit-ts/runtime';
import { PREVIEW1 } from './call-context.ts';

/** The name of the version before preview 1, whose structures have other layouts. */
const UNSTABLE = 'wasi_unstable';

/** Returns why a module cannot run as a program of preview 1. */
export function problemsOf(module: WebAssembly.Module, imports: WebAssembly.Imports): LinkProblem[] {
  const problems: LinkProblem[] = [];
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (from === PREVIEW1 && kind === 'function' && name in imports[PREVIEW1]!) continue;
    problems.push({ path: [from, name], ...foreign(from, kind) });
  }
  const kinds = new Map(WebAssembly.Module.exports(module).map(({ name, kind }) => [name, kind]));
  if (kinds.get('memory') !== 'memory')
    problems.push({
      path: ['memory'],
      expected: 'an export that is a memory',
      given: nothing(kinds.get('memory')),
    });
  if (kinds.get('_start') !== 'function' && kinds.get('_initialize') !== 'function')
    problems.push({
      path: ['_start'],
      expected: 'an export that is a function',
      given: nothing(kinds.get('_start')),
    });
  return problems;
}

function foreign(module: string, kind: string): Omit<LinkProblem, 'path'> {
  const expected = `a ${kind}`;
  if (module === PREVIEW1) return { expected, given: 'nothing: preview 1 has no such function' };
  const given = 'nothing: only `wasi_snapshot_preview1` can be imported';
  if (module !== UNSTABLE) return { expected, given };
  return { expected, given, help: 'the program was built before preview 1: build it with a newer compiler' };
}

function nothing(kind: string | undefined): string {
  return kind === undefined ? 'nothing' : `a ${kind}`;
}
