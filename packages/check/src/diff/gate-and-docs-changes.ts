import type { Docs, Package, Stability } from '@wit-ts/model';
import { itemsOf } from './package-items.ts';
import type { Change } from './report.ts';

/** Lists changes of gates and documentation, for parts that both packages have. */
export function gateAndDocsChanges(old: Package, next: Package): Change[] {
  const before = itemsOf(old);
  const changes: Change[] = [];
  for (const [key, { path, stability, docs, inherits }] of itemsOf(next)) {
    const was = before.get(key);
    if (was === undefined) continue;
    const gate = gateChange(was.stability, stability);
    if (gate !== undefined) {
      const around = gateChange(was.inherits, inherits);
      // A change of an interface's gate is not repeated for everything in it.
      if (around === undefined || around.summary !== gate.summary) changes.push({ ...gate, path });
    }
    if (text(was.docs) !== text(docs)) {
      changes.push({
        code: 'docs-changed',
        path,
        summary: docsSummary(was.docs, docs),
        bump: 'patch',
        breaks: [],
      });
    }
  }
  return changes;
}

function gateChange(
  old: Stability | undefined,
  next: Stability | undefined,
): Omit<Change, 'path'> | undefined {
  const [was, is] = [old, next].map((gate) => (gate?.tag === 'unstable' ? gate.feature : undefined));
  if (was !== undefined && is === undefined) {
    return {
      code: 'stabilized',
      summary: `it is stable now: the feature \`${was}\` no longer gates it`,
      bump: 'minor',
      breaks: [],
    };
  }
  if (was === undefined && is !== undefined) {
    const summary = `it now needs the feature \`${is}\``;
    return { code: 'gated', summary, bump: 'major', breaks: ['hosts', 'guests'] };
  }
  if (was !== is) {
    return {
      code: 'feature-changed',
      summary: `its feature changed from \`${was}\` to \`${is}\``,
      bump: 'patch',
      breaks: [],
    };
  }
  if (old?.deprecated === undefined && next?.deprecated !== undefined) {
    return {
      code: 'deprecated',
      summary: `it is deprecated since ${next.deprecated}`,
      bump: 'minor',
      breaks: [],
    };
  }
  if (old?.deprecated !== undefined && next?.deprecated === undefined) {
    return { code: 'undeprecated', summary: 'it is no longer deprecated', bump: 'minor', breaks: [] };
  }
  return undefined;
}

function docsSummary(old: Docs | undefined, next: Docs | undefined): string {
  if (text(old) === '') return 'documentation was added';
  return text(next) === '' ? 'documentation was removed' : 'documentation changed';
}

function text(docs: Docs | undefined): string {
  return docs?.contents.trim() ?? '';
}
