import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, place } from '../fixtures/run.ts';

const OLD = 'package a:b@1.0.0;\ninterface i { f: func(); }\nworld w { import i; }\nworld v { import i; }\n';

describe('wit-ts diff', () => {
  it('exits with 1 where the change breaks somebody', async () => {
    const here = await place({
      'old.wit': OLD,
      'more.wit': OLD.replace('1.0.0', '1.1.0').replace('f: func();', 'f: func(); g: func();'),
      'less.wit': OLD.replace('f: func();', ''),
      'v.wit': OLD.replace('world v { import i; }', 'world v { export i; }'),
    });
    expect(await here.run('diff old.wit old.wit')).toMatchObject({ code: 0, err: '' });
    const more = await here.run('diff old.wit more.wit');
    expect(more.code).toBe(0);
    expect(more.out).toContain('interface i › func g: it was added');
    expect(await here.run('diff old.wit less.wit')).toMatchObject({ code: 1 });
    expect(await here.run('diff old.wit v.wit -w w')).toMatchObject({ code: 0 });
    const json = await here.run('diff old.wit v.wit -w v --json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.out)).toMatchObject({
      bump: 'major',
      changes: [{ code: 'import-removed' }, { code: 'export-added' }],
    });
  });

  it('compares components', async () => {
    const here = await place({ 'a.wasm': EMPTY_COMPONENT, 'b.wasm': IMPORTING_COMPONENT, 'c.wit': OLD });
    expect(await here.run('diff a.wasm b.wasm')).toMatchObject({ code: 0 });
    expect(await here.run('diff b.wasm a.wasm')).toMatchObject({ code: 1 });
    expect(await here.run('diff a.wasm c.wit')).toMatchObject({ code: 2 });
  });
});
