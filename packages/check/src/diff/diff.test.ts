import { worldOf, type Contract, type Package, type World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { changePathText } from './change-path.ts';
import { diff } from './diff.ts';
import { diffToJson } from './diff-json.ts';
import { diffToMarkdown } from './diff-markdown.ts';
import { renderDiff } from './render-diff.ts';

function packageOf(contract: Omit<Contract, 'world'>, version = '1.0.0'): Package {
  const pinned = JSON.parse(JSON.stringify(contract).replaceAll('@V', `@${version}`)) as typeof contract;
  return worldOf({ world: `a:b/w@${version}`, ...pinned }).package!;
}

function exporting(exports: Contract['exports']): World {
  return worldOf({ world: 'root:component/root', imports: {}, exports });
}

const FS = {
  types: { file: 'resource', meta: 'record { id: u64 }' },
  functions: { '[method]file.read': 'func() -> list<u8>', stat: 'func(of: borrow<file>) -> meta' },
};
const OLD = { imports: { 'a:b/fs@V': FS, log: 'func(text: string)' }, exports: { run: 'func()' } };

function changes(next: Omit<Contract, 'world'>): string[] {
  return diff(packageOf(OLD), packageOf(next, '2.0.0')).changes.map(
    ({ bump, path, summary, breaks, code }) =>
      `${bump} ${code} ${changePathText(path)}: ${summary} [${breaks.join()}]`,
  );
}

/** An interface with a type, and another one that uses it. */
function usingType(kind: string): Omit<Contract, 'world'> {
  return {
    imports: {
      'a:b/t@V': { types: { e: kind } },
      'a:b/u@V': { types: { e: 'use a:b/t@V.{e}' }, functions: { f: 'func(e: e)' } },
    },
    exports: {},
  };
}

describe('diff', () => {
  it('does not count another version as a change', () => {
    const report = diff(packageOf(OLD), packageOf(OLD, '2.0.0'));
    expect(report).toEqual({
      old: 'a:b@1.0.0',
      new: 'a:b@2.0.0',
      bump: 'patch',
      changes: [],
      remarks: [],
      version: { old: '1.0.0', new: '2.0.0', allows: 'major', fits: true, least: '1.0.1' },
    });
  });

  it.each([
    [
      'one more function',
      {
        ...OLD,
        imports: {
          ...OLD.imports,
          'a:b/fs@V': { ...FS, functions: { ...FS.functions, open: 'func() -> file' } },
        },
      },
      ['minor function-added interface fs › func open: it was added [hosts]'],
    ],
    [
      'one function fewer',
      { ...OLD, imports: { ...OLD.imports, 'a:b/fs@V': { ...FS, functions: { stat: FS.functions.stat } } } },
      ['major function-removed interface fs › method file.read: it was removed [hosts,guests]'],
    ],
    [
      'a different field',
      {
        ...OLD,
        imports: {
          ...OLD.imports,
          'a:b/fs@V': { ...FS, types: { ...FS.types, meta: 'record { id: u32, at: u64 }' } },
        },
      },
      [
        'major type-different interface fs › record meta › field id: `u64` became `u32` [hosts,guests]',
        'major field-missing interface fs › record meta › field at: `at: u64` was added [hosts,guests]',
      ],
    ],
    [
      'one more interface, imported',
      { ...OLD, imports: { ...OLD.imports, 'a:b/net@V': {} } },
      [
        'minor interface-added interface net: it was added []',
        'minor import-added world w › import a:b/net: it was added [hosts]',
      ],
    ],
    [
      'one import fewer',
      { ...OLD, imports: { 'a:b/fs@V': FS } },
      ['major import-removed world w › import log: it was removed [guests]'],
    ],
    [
      'one more export',
      { ...OLD, exports: { ...OLD.exports, stop: 'func()' } },
      ['major export-added world w › export stop: it was added [guests]'],
    ],
    [
      'one export fewer',
      { ...OLD, exports: {} },
      ['major export-removed world w › export run: it was removed [hosts]'],
    ],
    [
      'a different signature',
      { ...OLD, exports: { run: 'async func(to: string) -> u8' } },
      [
        'major function-async world w › export run: the function became async [hosts,guests]',
        'major param-missing world w › export run › param to: `to: string` was added [hosts,guests]',
        'major result-missing world w › export run › result: the result was added: `async func(to: string) -> u8` [hosts,guests]',
      ],
    ],
  ])('%s', (_, next, expected) => {
    expect(changes(next)).toEqual(expected);
  });

  it('compares the worlds of components', () => {
    const report = diff(exporting({ f: 'func()' }), exporting({ f: 'func()', g: 'func()' }));
    expect(report.bump).toBe('major');
    expect(report.version).toBeUndefined();
  });

  it('compares two versions of one world in full', () => {
    const [old, next] = [packageOf(OLD), packageOf({ ...OLD, imports: { 'a:b/fs@V': {} } }, '2.0.0')].map(
      (pkg) => pkg.worlds.get('w')!,
    );
    expect(diff(old!, next!).changes.map(({ path }) => changePathText(path))).toContain(
      'import a:b/fs › method file.read',
    );
  });

  it('breaks guests when a world of the package exports an interface that grew', () => {
    const run = { functions: { run: 'func()' } };
    const more = { functions: { ...run.functions, stop: 'func()' } };
    const report = diff(
      packageOf({ imports: {}, exports: { 'a:b/run@V': run } }),
      packageOf({ imports: {}, exports: { 'a:b/run@V': more } }, '1.1.0'),
    );
    expect(report.changes).toEqual([
      {
        code: 'function-added',
        path: [
          { tag: 'interface', name: 'run' },
          { tag: 'func', name: 'stop' },
        ],
        summary: 'it was added',
        bump: 'major',
        breaks: ['guests'],
        new: 'func()',
      },
    ]);
  });

  it('reports a type that many interfaces use once', () => {
    const report = diff(
      packageOf(usingType('enum { a, b }')),
      packageOf(usingType('variant { a, b(u8) }'), '2.0.0'),
    );
    expect(report.changes.map(({ path, summary }) => [changePathText(path), summary])).toEqual([
      ['interface t › type e', '`enum { a, b }` became `variant { a, b(u8) }`'],
    ]);
  });

  it('suggests a rename, and reports a changed version as one change', () => {
    const old = {
      imports: { 'a:b/i@V': { functions: { f: 'func() -> u8' } }, 'x:y/z@0.2.0': {} },
      exports: {},
    };
    const next = {
      imports: { 'a:b/i@V': { functions: { g: 'func() -> u8' } }, 'x:y/z@0.3.0': {} },
      exports: {},
    };
    const report = diff(packageOf(old), packageOf(next, '2.0.0'));
    expect(report.changes[0]).toMatchObject({
      code: 'function-removed',
      hint: '`g` is new and has the same type',
    });
    expect(report.changes.at(-1)).toMatchObject({
      code: 'import-version',
      path: [
        { tag: 'world', name: 'w' },
        { tag: 'import', name: 'x:y/z' },
      ],
      summary: 'its version changed from 0.2.0 to 0.3.0, which do not link',
      bump: 'major',
    });
  });

  it('refuses to compare a package with a world', () => {
    expect(() => diff(packageOf(OLD), exporting({}))).toThrow(TypeError);
  });
});

describe('the output for people', () => {
  const less = { ...OLD, exports: {} };

  it('renders as text', () => {
    expect(renderDiff(diff(packageOf(OLD), packageOf(less, '1.1.0')))).toBe(
      [
        'a:b@1.0.0 → a:b@1.1.0: 1 breaking change',
        '  the version is too low: a major change needs 2.0.0 or later, but 1.0.0 → 1.1.0 allows additions only',
        '',
        '  breaking',
        '    world w',
        '      ✗ export run: it was removed (breaks hosts)',
      ].join('\n'),
    );
    expect(renderDiff(diff(packageOf(OLD), packageOf(OLD)))).toBe('a:b@1.0.0 → a:b@1.0.0: nothing changed');
  });

  it('prints paths as texts and as data in JSON', () => {
    const report = diffToJson(
      diff(packageOf(OLD), packageOf({ ...OLD, imports: { 'a:b/fs@V': FS } }, '2.0.0')),
    );
    expect(JSON.parse(JSON.stringify(report.changes))).toEqual([
      {
        code: 'import-removed',
        path: ['world w', 'import log'],
        segments: [
          { tag: 'world', name: 'w' },
          { tag: 'import', name: 'log' },
        ],
        summary: 'it was removed',
        bump: 'major',
        breaks: ['guests'],
        old: 'func(text: string)',
      },
    ]);
  });

  it('renders as Markdown', () => {
    const next = { ...less, imports: { ...OLD.imports, 'a:b/net@V': {} } };
    expect(diffToMarkdown(diff(packageOf(OLD), packageOf(next, '2.0.0')), 2)).toBe(
      [
        '## `a:b@1.0.0` → `a:b@2.0.0`',
        '',
        '1 breaking change, 2 compatible changes.',
        'The version fits: a major change needs 2.0.0 or later, and the version is 2.0.0.',
        '',
        '### Breaking',
        '',
        '- **world `w`**',
        '  - export `run`: it was removed; *breaks hosts*',
        '',
        '### Compatible',
        '',
        '- **interface `net`**: it was added',
        '- **world `w`**',
        '  - import `a:b/net`: it was added; *breaks hosts*',
        '',
      ].join('\n'),
    );
  });
});
