import type { Plan } from '@wit-ts/plan';
import type { ComponentContents } from '@wit-ts/component/inspect';
import { describe, expect, it } from 'vitest';
import { mermaid } from './mermaid.ts';

const CONTENTS: ComponentContents = {
  offset: 0,
  size: 8,
  modules: [],
  components: [],
  coreInstances: [],
  instances: [],
  imports: [],
  exports: [],
  canons: {},
  producers: [],
  customSections: [],
};

function plan(exports: Plan['exports'], path: readonly string[]): Plan {
  const type = { async: false, params: [] };
  return {
    modules: [],
    imports: [{ path, item: { tag: 'func', type } }],
    instances: [],
    resources: [],
    lifts: [],
    trampolines: [],
    coreInstances: 0,
    steps: [],
    exports,
  };
}

describe('mermaid', () => {
  it('escapes names that contain Mermaid or HTML', () => {
    const type = { async: false, params: [] };
    const exported = { tag: 'func', func: { tag: 'import', import: 0 }, type } as const;
    const text = mermaid(plan(new Map([['a"]; <img src=x>\n%%', exported]]), ['i"|--> x']), CONTENTS);
    expect(text.split('\n')).toHaveLength(4);
    expect(text).not.toContain('<img');
    expect(text).toContain('#34;');
    expect(text.replaceAll(/"[^"]*"/gu, '""').split('\n')).toEqual([
      'flowchart LR',
      '  e0([""])',
      '  i1>""]',
      '  i1 ==>|""| e0',
    ]);
  });
});
