import { readFileSync } from 'node:fs';
import { check } from '@wit-ts/check';
import { load } from '@wit-ts/wit/node';
import { describe, expect, it } from 'vitest';
import { EMPTY_COMPONENT, IMPORTING_COMPONENT, testDirectory } from '../fixtures/test-directory.ts';

const CODES = new URL('../../../../docs/codes-check.md', import.meta.url);

describe('wit-ts check', () => {
  const files = {
    'app.wasm': IMPORTING_COMPONENT,
    'empty.wasm': EMPTY_COMPONENT,
    'fits.wit': 'package a:b;\nworld w { import f: func(); import g: func(); }\n',
    'wit/differs.wit': 'package a:b;\nworld w { import f: func(a: u8); export run: func(); }\nworld v {}\n',
  };

  it('says that a component satisfies a world', async () => {
    const here = await testDirectory(files);
    expect(await here.run('check app.wasm --wit fits.wit')).toEqual({
      code: 0,
      out: '✓ app.wasm satisfies a:b/w\n\n  imports that the component does not use: g\n',
      err: '',
    });
    expect(await here.run('check app.wasm --wit fits.wit -q')).toEqual({ code: 0, out: '', err: '' });
    expect(await here.run('check - --wit wit -w v', { stdin: EMPTY_COMPONENT })).toMatchObject({ code: 0 });
  });

  it('reports every reason', async () => {
    const here = await testDirectory(files);
    const { code, out } = await here.run('check app.wasm --wit wit -w w');
    expect(code).toBe(1);
    expect(out).toContain('✗ app.wasm does not satisfy a:b/w: 2 reasons');
    expect(out).toContain('param a: the component lacks the parameter `a: u8` [param-missing]');
    expect(out).toContain('which the component does not export [export-missing]');
    const json = await here.run('check app.wasm --wit wit -w a:b/w --json');
    expect(json).toMatchObject({ code: 1, err: '' });
    expect(JSON.parse(json.out)).toMatchObject({ world: 'a:b/w', satisfied: false, reasons: [{}, {}] });
  });

  it('compares with the world of another component', async () => {
    const here = await testDirectory(files);
    expect(await here.run('check empty.wasm --wit app.wasm')).toMatchObject({ code: 0 });
    expect(await here.run('check app.wasm --wit empty.wasm')).toMatchObject({ code: 1 });
  });

  it('lists the worlds to choose from', async () => {
    const here = await testDirectory(files);
    expect(await here.run('check app.wasm --wit wit')).toEqual({
      code: 2,
      out: '',
      err: 'error: package `a:b` has several worlds\nhelp: choose one with `--world`: `w`, `v`\n',
    });
    expect(await here.run('check app.wasm --wit wit -w a:b/y')).toMatchObject({ code: 2 });
  });
});

/** What stands between the braces of a world, as a world. */
async function worldOf(text: string) {
  const here = await testDirectory({ 'w.wit': `package a:b;\nworld w {\n${text}\n}\n` });
  const { resolve, diagnostics } = await load(`${here.path}/w.wit`);
  expect(diagnostics).toEqual([]);
  return resolve.worlds[0]!;
}

describe('docs/codes-check.md', () => {
  const sections = readFileSync(CODES, 'utf8').split(/^### /mu).slice(1);
  it.each(sections.map((section) => [/^`([\w-]+)`/u.exec(section)?.[1] ?? '', section]))(
    '%s',
    async (code, section) => {
      const [, target] = /```wit world\n([\s\S]*?)```/u.exec(section) ?? [];
      const [, component] = /```wit component\n([\s\S]*?)```/u.exec(section) ?? [];
      if (code === 'type-too-deep') return expect([target, component]).toEqual([undefined, undefined]);
      const [right, wrong] = [await worldOf(target ?? ''), await worldOf(component ?? '')];
      expect(check({ world: wrong }, { world: right }).reasons.map((reason) => reason.code)).toEqual([code]);
      return expect(check({ world: right }, { world: right }).satisfied).toBe(true);
    },
  );

  it('has a section for each code', () => {
    const source = readFileSync(new URL('../../../model/src/mismatch.ts', import.meta.url), 'utf8');
    const lists = [...source.matchAll(/readonly code: ([^;]+?)(?:;| \})/gu)].map(([, list = '']) => list);
    const codes = lists
      .flatMap((list) => [...list.matchAll(/['`]([^'`]+)['`]/gu)])
      .flatMap(([, code = '']) =>
        ['param', 'field', 'case', 'flag'].map((label) => code.replace('${Label}', label)),
      );
    const written = sections.map((section) => /^`([\w-]+)`/u.exec(section)?.[1]);
    expect(written.toSorted()).toEqual([...new Set(codes)].sort());
  });
});
