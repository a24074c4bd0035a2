import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const OLD = 'package a:b@1.0.0;\ninterface i { f: func(); }\nworld w { import i; }\nworld v { import i; }\n';

function gates(version: string, text: string): string {
  return `package a:b@${version};\ninterface i { ${text} }\n`;
}

describe('wit-ts diff', () => {
  it('exits with 1 if a change breaks somebody', async () => {
    const here = await testDirectory({
      'old.wit': OLD,
      'more.wit': OLD.replace('1.0.0', '1.1.0').replace('f: func();', 'f: func(); g: func();'),
      'less.wit': OLD.replace('f: func();', ''),
      'v.wit': OLD.replace('world v { import i; }', 'world v { export i; }'),
    });
    expect(await here.run('diff old.wit old.wit')).toMatchObject({ code: 0, err: '' });
    const more = await here.run('diff old.wit more.wit');
    expect(more.code).toBe(0);
    expect(more.out).toContain('interface i\n      + func g: it was added');
    expect(await here.run('diff old.wit less.wit')).toMatchObject({ code: 1 });
    expect(await here.run('diff old.wit v.wit -w w')).toMatchObject({ code: 0 });
    const json = await here.run('diff old.wit v.wit -w v --json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      bump: 'major',
      changes: [{ code: 'import-removed' }, { code: 'export-added' }],
    });
  });

  it('accepts a breaking change with --semver if the version allows it', async () => {
    const here = await testDirectory({
      'old.wit': OLD,
      'next.wit': OLD.replace('1.0.0', '2.0.0').replace('f: func();', ''),
      'less.wit': OLD.replace('1.0.0', '1.1.0').replace('f: func();', ''),
      'same.wit': OLD.replace('f: func();', 'f: func(); g: func();'),
    });
    expect(await here.run('diff old.wit next.wit')).toMatchObject({ code: 1 });
    const next = await here.run('diff old.wit next.wit --semver --markdown');
    expect(next.code).toBe(0);
    expect(next.out).toContain('# `a:b@1.0.0` → `a:b@2.0.0`');
    expect(await here.run('diff old.wit less.wit --semver')).toMatchObject({ code: 1 });
    const same = await here.run('diff old.wit same.wit');
    expect(same.code).toBe(1);
    expect(same.out).toContain(
      'the version did not increase: a minor change needs 1.1.0 or later, but the version is still 1.0.0',
    );
  });

  it('reports gates and documentation', async () => {
    const here = await testDirectory({
      'old.wit': gates(
        '1.0.0',
        '/// One.\n @since(version = 1.0.0) f: func(); @unstable(feature = x) g: func(); @since(version = 1.0.0) h: func(); @unstable(feature = y) k: func();',
      ),
      'new.wit': gates(
        '1.1.0',
        '/// Two.\n @unstable(feature = z) f: func(); @since(version = 1.0.0) g: func(); @since(version = 1.0.0) l: func(); m: func(); @unstable(feature = x) n: func();',
      ),
    });
    const { code, out } = await here.run('diff old.wit new.wit');
    expect(code).toBe(1);
    expect(out).toBe(
      [
        'a:b@1.0.0 → a:b@1.1.0: 2 breaking changes, 3 compatible changes, 2 gated changes, 1 documentation change',
        '  the version is too low: a major change needs 2.0.0 or later, but 1.0.0 → 1.1.0 allows additions only',
        '',
        '  breaking',
        '    interface i',
        '      ✗ func h: it was removed (breaks hosts and guests)',
        '      ✗ func f: it now needs the feature `z` (breaks hosts and guests)',
        '',
        '  compatible',
        '    interface i',
        '      + func l: it was added (breaks hosts)',
        '      + func m: it was added (breaks hosts)',
        '      + func g: it is stable now: the feature `x` no longer gates it',
        '',
        '  gated by a feature, so not part of the stable contract',
        '    interface i',
        '      ~ func k: it was removed (feature y)',
        '      ~ func n: it was added (feature x)',
        '',
        '  documentation',
        '    interface i › func f',
        '',
        '  gates',
        '    ! it became stable in 1.1.0, but its `@since` is 1.0.0',
        '      interface i › func g',
        '    ! its `@since` is 1.0.0, but 1.0.0 did not have it',
        '      interface i › func l',
        '    ! it is new but has no gate: write `@since(version = 1.1.0)` or `@unstable`',
        '      interface i › func m',
        '    ! it was removed without being deprecated in an earlier version',
        '      interface i › func h',
        '',
      ].join('\n'),
    );
  });

  it('compares components', async () => {
    const here = await testDirectory({
      'a.wasm': EMPTY_COMPONENT,
      'b.wasm': IMPORTING_COMPONENT,
      'c.wit': OLD,
    });
    expect(await here.run('diff a.wasm b.wasm')).toMatchObject({ code: 0 });
    expect(await here.run('diff b.wasm a.wasm')).toMatchObject({ code: 1 });
    expect(await here.run('diff a.wasm c.wit')).toMatchObject({ code: 2 });
  });
});
