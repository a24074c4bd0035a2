import { worldOf, type Contract, type Package, type World } from '@wit-ts/model';
import { describe, expect, it } from 'vitest';
import { diff } from './diff.ts';
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
      `${bump} ${code} ${path.join(' › ')}: ${summary} [${breaks.join()}]`,
  );
}

describe('diff', () => {
  it('takes another version for no change', () => {
    const report = diff(packageOf(OLD), packageOf(OLD, '2.0.0'));
    expect(report).toEqual({
      old: 'a:b@1.0.0',
      new: 'a:b@2.0.0',
      bump: 'patch',
      changes: [],
      versionFits: true,
    });
  });

  it.each([
    [
      'a function more',
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
      'a function less',
      { ...OLD, imports: { ...OLD.imports, 'a:b/fs@V': { ...FS, functions: { stat: FS.functions.stat } } } },
      ['major function-removed interface fs › method file.read: it was removed [hosts,guests]'],
    ],
    [
      'another field',
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
      'an interface more, imported',
      { ...OLD, imports: { ...OLD.imports, 'a:b/net@V': {} } },
      [
        'minor interface-added interface net: it was added []',
        'minor import-added world w › import a:b/net: it was added [hosts]',
      ],
    ],
    [
      'an import less',
      { ...OLD, imports: { 'a:b/fs@V': FS } },
      ['major import-removed world w › import log: it was removed [guests]'],
    ],
    [
      'an export more',
      { ...OLD, exports: { ...OLD.exports, stop: 'func()' } },
      ['major export-added world w › export stop: it was added [guests]'],
    ],
    [
      'an export less',
      { ...OLD, exports: {} },
      ['major export-removed world w › export run: it was removed [hosts]'],
    ],
    [
      'another signature',
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
    expect(report.versionFits).toBeUndefined();
  });

  it('knows whether the version says enough', () => {
    const less = { ...OLD, exports: {} };
    expect(diff(packageOf(OLD), packageOf(less, '1.1.0')).versionFits).toBe(false);
    expect(diff(packageOf(OLD, '0.2.0'), packageOf(less, '0.3.0')).versionFits).toBe(true);
    expect(renderDiff(diff(packageOf(OLD), packageOf(less, '1.1.0')))).toBe(
      [
        'a:b@1.0.0 → a:b@1.1.0: breaking changes (major)',
        '',
        '  breaking',
        '    ✗ world w › export run: it was removed (hosts must follow)',
        '',
        '  the new version is not far enough: a major bump is needed',
      ].join('\n'),
    );
  });
});
