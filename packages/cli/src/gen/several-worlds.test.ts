import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { testDirectory, type TestDirectory } from '../fixtures/test-directory.ts';
import { seal } from '@wit-ts/bindgen/seal';

const SHOP = `package t:shop@1.0.0;
interface orders { place: func(item: string); }
interface goods { count: func() -> u32; }
world till { import orders; }
world office { import orders; import goods; }
`;

const TWO = `package t:two@0.1.0;
interface store { resource bucket { get: func() -> u32; } open: func() -> bucket; }
interface misc { use store.{bucket}; f: func(b: borrow<bucket>); }
world consumer { import misc; }
world provider { export store; }
world both { import store; export store; export misc; }
`;

/** The generated files, without the manifest. */
async function files(here: TestDirectory, directory = 'out'): Promise<string[]> {
  const all = await readdir(path.join(here.path, directory), { recursive: true, withFileTypes: true });
  return all
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => path.relative(path.join(here.path, directory), path.join(entry.parentPath, entry.name)))
    .sort();
}

async function gen(here: TestDirectory, args: string): Promise<string> {
  const { code, out, err } = await here.run(`gen ${args}`);
  expect({ code, out, err }).toMatchObject({ code: 0 });
  return err;
}

describe('worlds in one directory', () => {
  it('share an interface, which stays as long as one of them needs it', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit -w till -o out');
    const till = await here.read('out/till.ts');
    await gen(here, 'w.wit -w office -o out');
    expect(await here.read('out/till.ts')).toBe(till);

    await here.write({ 'w.wit': SHOP.replace('world office { import orders;', 'world office {') });
    expect(await gen(here, 'w.wit -w office -o out')).not.toContain('removed');
    await gen(here, 'w.wit -w till -o out --check');
    await gen(here, 'w.wit -w office -o out --check');
    await here.write({ 'w.wit': 'package t:shop@1.0.0;\nworld till { }\nworld office { }\n' });
    await gen(here, 'w.wit -w till -o out');
    expect(await gen(here, 'w.wit -w office -o out')).toContain('removed out/interfaces/t-shop-goods.ts');
    expect(await files(here)).toEqual(['office.ts', 'till.ts']);
  });

  it('do not mix the imported and the exported form of an interface', async () => {
    const here = await testDirectory({ 'w.wit': TWO });
    const worlds = ['consumer', 'provider', 'both'];
    for (const world of worlds) await gen(here, `w.wit -w ${world} -o out`);
    for (const world of worlds.toReversed()) await gen(here, `w.wit -w ${world} -o out --check`);
    for (const world of worlds.toReversed()) await gen(here, `w.wit -w ${world} -o reversed`);
    expect(await files(here, 'reversed')).toEqual(await files(here));
    for (const file of await files(here))
      expect(await here.read(`reversed/${file}`)).toBe(await here.read(`out/${file}`));
  });

  it('may be for the host and for the guest', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit -w till');
    await gen(here, 'w.wit -w till --guest');
    expect(await files(here, 'generated')).toEqual([
      'interfaces/t-shop-orders.d.ts',
      'interfaces/t-shop-orders.ts',
      'till.d.ts',
      'till.ts',
    ]);
    await gen(here, 'w.wit -w till --check');
    await gen(here, 'w.wit -w till --guest --check');
  });

  it('may be generated at once', async () => {
    const here = await testDirectory({ 'w.wit': SHOP, 'two.wit': TWO });
    await gen(here, 'w.wit -w till --world office -o out');
    await gen(here, 'two.wit --all-worlds -o out');
    const all = ['till', 'office', 'consumer', 'provider', 'both'].map((name) => `${name}.ts`);
    expect((await files(here)).filter((file) => !file.includes('/'))).toEqual(all.sort());
    await gen(here, 'two.wit -w both -o out --check');
    await gen(here, 'w.wit --all-worlds -o out --check');
    expect(await here.run('gen w.wit -w till --all-worlds')).toMatchObject({ code: 2 });
    const printed = await here.run('gen w.wit --all-worlds -o -');
    expect(printed.out.match(/^\/\/ ---- /gmu)).toHaveLength(4);
  });

  it('may be written after a run that was killed', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    await here.write({ 'out/.wit-ts-lock': String(child.pid) });
    await gen(here, 'w.wit -w till -o out');
    expect(await readdir(path.join(here.path, 'out'))).not.toContain('.wit-ts-lock');
  });

  it('may be written at the same time', async () => {
    const here = await testDirectory({ 'w.wit': SHOP, 'two.wit': TWO });
    const worlds = [
      'w.wit -w till',
      'w.wit -w office',
      'two.wit -w consumer',
      'two.wit -w both --guest',
      'w.wit -w till --guest',
    ];
    await Promise.all(worlds.map((world) => gen(here, `${world} -o out`)));
    for (const world of worlds) await gen(here, `${world} -o out --check`);
    const manifest = await here.read('out/.wit-ts-files');
    expect(manifest.match(/ from /gu)).toHaveLength(worlds.length);
    expect(await readdir(path.join(here.path, 'out'))).not.toContain('.wit-ts-lock');
  });
});

describe('files that are no longer generated', () => {
  const renamed: readonly (readonly [what: string, wit: string])[] = [
    ['the version', 'package a:b@1.1.0;\ninterface i2 { f: func(); }\nworld w { import i2; }\n'],
    ['the package', 'package c:d@1.0.0;\ninterface i2 { f: func(); }\nworld w { import i2; }\n'],
    ['the world', 'package a:b@1.0.0;\ninterface i2 { f: func(); }\nworld v { import i2; }\n'],
    ['everything', 'package c:d;\ninterface i2 { f: func(); }\nworld v { import i2; }\n'],
  ];

  it.each(renamed)('are removed if %s changed with them', async (_, wit) => {
    const here = await testDirectory({
      'w.wit': 'package a:b@1.0.0;\ninterface i { f: func(); }\nworld w { import i; }\n',
      'other.wit': 'package x:y;\ninterface i { f: func(); }\nworld other { import i; }\n',
    });
    await gen(here, 'other.wit -o out');
    await gen(here, 'w.wit -o out');
    await here.write({ 'w.wit': wit });
    expect(await here.run('gen w.wit -o out --check')).toMatchObject({
      code: 1,
      out: expect.stringContaining('no longer generated: out/interfaces/a-b-i.ts'),
    });
    await gen(here, 'w.wit -o out');
    await here.run('gen w.wit -o fresh');
    const others = ['interfaces/x-y-i.ts', 'other.ts'];
    expect(await files(here)).toEqual([...(await files(here, 'fresh')), ...others].sort());
    await gen(here, 'other.wit -o out --check');
  });

  it('are removed if the input was moved', async () => {
    const here = await testDirectory({ 'a.wit': SHOP });
    await gen(here, 'a.wit -w office -o out');
    await rename(path.join(here.path, 'a.wit'), path.join(here.path, 'b.wit'));
    await here.write({ 'b.wit': 'package t:store;\nworld store { }\n' });
    await gen(here, 'b.wit -o out');
    expect(await files(here)).toEqual(['store.ts']);
  });

  it('stay if the input is only absent, with the folder that it is in', async () => {
    const here = await testDirectory({ 'sub/a.wit': SHOP, 'b.wit': 'package t:store;\nworld store { }\n' });
    await gen(here, 'sub/a.wit -w till -o out');
    await rm(path.join(here.path, 'sub'), { recursive: true });
    await gen(here, 'b.wit -o out');
    expect(await files(here)).toEqual(['interfaces/t-shop-orders.ts', 'store.ts', 'till.ts']);
  });

  it('are named when they are removed, also with --quiet', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit -w office -o out');
    await here.write({ 'w.wit': SHOP.replace(' import goods;', '') });
    expect(await here.run('gen w.wit -w office -o out -q')).toEqual({
      code: 0,
      out: '',
      err: 'removed out/interfaces/t-shop-goods.ts\n',
    });
  });

  it('stay if they were edited by hand', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit -w office -o out');
    const edited = `${await here.read('out/interfaces/t-shop-goods.ts')}export const mine = 1;\n`;
    await here.write({
      'w.wit': SHOP.replace(' import goods;', ''),
      'out/interfaces/t-shop-goods.ts': edited,
    });
    await gen(here, 'w.wit -w office -o out');
    expect(await here.read('out/interfaces/t-shop-goods.ts')).toBe(edited);
  });

  it('are those of a world that the package has no more, unless a feature has it', async () => {
    const gated = SHOP.replace('world office', '@unstable(feature = more)\nworld office');
    const here = await testDirectory({ 'w.wit': gated });
    await gen(here, 'w.wit -w till -o out');
    await gen(here, 'w.wit -w office --features more -o out');
    await gen(here, 'w.wit -w till -o out');
    expect(await files(here)).toContain('office.ts');
    await here.write({ 'w.wit': SHOP.replace(/world office.*\n/u, '') });
    await gen(here, 'w.wit -w till -o out');
    expect(await files(here)).toEqual(['interfaces/t-shop-orders.ts', 'till.ts']);
  });

  it('are those of a world whose file was removed by hand', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit --all-worlds -o out');
    await rm(path.join(here.path, 'out/office.ts'));
    await gen(here, 'w.wit -w till -o out');
    expect(await files(here)).toEqual(['interfaces/t-shop-orders.ts', 'till.ts']);
  });
});

async function refused(here: TestDirectory, args: string, names: readonly string[]): Promise<void> {
  const before = await files(here);
  const { code, err } = await here.run(`gen ${args}`);
  expect({ code, err }).toMatchObject({ code: 1 });
  for (const name of names) expect(err).toContain(name);
  expect(await files(here)).toEqual(before);
}

function dep(func: string): string {
  return `package x:dep { interface i { ${func}: func(); } }`;
}

describe('two worlds that need one file', () => {
  const one = 'package a:b;\ninterface i { f: func(); }\nworld w { import i; }\n';
  const two = 'package c:d;\nworld w { export run: func(); }\n';

  it('are refused if they are worlds of two packages', async () => {
    const here = await testDirectory({ '1.wit': one, '2.wit': two });
    await gen(here, '1.wit -o out');
    await refused(here, '2.wit -o out', ['`w.ts`', '`a:b/w`', '`c:d/w`', '1.wit', 'nothing was written']);
    await gen(here, '1.wit -o out --check');
    await gen(here, '2.wit -o out --force');
    expect(await files(here)).toEqual(['w.ts']);
  });

  it('are refused if they are two versions of a package, and both exist', async () => {
    const [v1 = '', v2 = ''] = ['1.0.0', '2.0.0'].map((version) => one.replace('a:b;', `a:b@${version};`));
    const here = await testDirectory({ 'v1/w.wit': v1, 'v2/w.wit': v2 });
    await gen(here, 'v1 -o out');
    await refused(here, 'v2 -o out', ['`a:b/w@1.0.0`', '`a:b/w@2.0.0`']);
    await rm(path.join(here.path, 'v1'), { recursive: true });
    await gen(here, 'v2 -o out');
  });

  it('are refused if they have an interface of one name and different contents', async () => {
    const here = await testDirectory({
      '1.wit': `package a:one;\nworld one { import x:dep/i; }\n${dep('f')}`,
      '2.wit': `package a:two;\nworld two { import x:dep/i; }\n${dep('g')}`,
    });
    await gen(here, '1.wit -o out');
    await refused(here, '2.wit -o out', ['`interfaces/x-dep-i.ts`', '`a:one/one`', '`a:two/two`']);
    // Both inputs may change, one after the other, if they agree in the end.
    await here.write({ '1.wit': `package a:one;\nworld one { import x:dep/i; }\n${dep('g')}` });
    await gen(here, '2.wit -o out');
    await gen(here, '1.wit -o out');
    await gen(here, '2.wit -o out --check');
  });

  it('are refused in one run', async () => {
    const nested = `${two}package e:f { world w { import g: func(); } }`;
    const here = await testDirectory({ 'w.wit': nested });
    await here.write({ 'out/mine.ts': '' });
    await refused(here, 'w.wit -w w -w e:f/w -o out', ['`w.ts`', '`c:d/w`', '`e:f/w`']);
  });

  it('are refused if their options differ, and accepted if both are generated with the same ones', async () => {
    const uses = SHOP.replace('place:', 'type n = u8; place:').replace('count:', 'use orders.{n}; count:');
    const here = await testDirectory({ 'w.wit': uses.replace('{ import orders; }', '{ import goods; }') });
    await gen(here, 'w.wit --all-worlds -o out');
    await refused(here, 'w.wit -w till -o out --import-extension .ts', [
      '`t:shop/office`',
      'options',
      'in one run',
    ]);
    await gen(here, 'w.wit --all-worlds -o out --import-extension .ts');
    await gen(here, 'w.wit -w office -o out --import-extension .ts --check');
  });

  it('are one world if a file and its folder are named in turn', async () => {
    const here = await testDirectory({ 'wit/w.wit': one });
    await gen(here, 'wit -o out');
    await gen(here, 'wit/w.wit -o out');
    await here.write({ 'wit/w.wit': one.replace(' import i;', '') });
    await gen(here, 'wit -o out');
    expect(await files(here)).toEqual(['w.ts']);
  });
});

/** Makes a directory one of an earlier version: without a manifest, and the files of interfaces name a world. */
async function makeOld(here: TestDirectory, world: string): Promise<void> {
  await rm(path.join(here.path, 'out/.wit-ts-files'), { force: true });
  for (const file of await files(here)) {
    const text = (await here.read(`out/${file}`)).replace(/^\/\/ wit-ts seal .*\n/mu, '');
    const old = text.replace(/^.*/u, `// Generated by wit-ts from ${world}. Do not edit.`);
    await here.write({ [`out/${file}`]: file.includes('/') ? seal(old) : seal(text) });
  }
}

describe('a directory of an earlier version, without a manifest', () => {
  it('is taken over, and stale files are found by what they say', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit --all-worlds -o out');
    await rm(path.join(here.path, 'out/.wit-ts-files'));
    await gen(here, 'w.wit -w till -o out --check');
    await here.write({ 'w.wit': SHOP.replace('1.0.0', '2.0.0').replace(' import goods;', '') });
    await gen(here, 'w.wit -w till -o out');
    expect(await files(here)).toContain('interfaces/t-shop-goods.ts');
    await gen(here, 'w.wit -w office -o out');
    expect(await files(here)).toEqual(['interfaces/t-shop-orders.ts', 'office.ts', 'till.ts']);
  });

  it.each([
    ['the version', SHOP.replace('1.0.0', '1.1.0')],
    ['the package', SHOP.replace('t:shop', 't:store')],
    ['nothing', SHOP],
  ])('loses the files of a removed interface if %s changed with it', async (_, wit) => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit -w office -o out');
    await makeOld(here, 't:shop/office@1.0.0');
    await here.write({ 'w.wit': wit.replace(' import goods;', ''), 'out/mine.ts': '' });
    await gen(here, 'w.wit -w office -o out');
    await gen(here, 'w.wit -w office -o fresh');
    expect(await files(here)).toEqual([...(await files(here, 'fresh')), 'mine.ts'].sort());
  });

  it('keeps what another world of it needs', async () => {
    const here = await testDirectory({ 'w.wit': SHOP });
    await gen(here, 'w.wit --all-worlds -o out');
    await makeOld(here, 't:shop/office@1.0.0');
    await here.write({ 'w.wit': 'package t:shop@1.0.0;\nworld office { }\nworld till { }\n' });
    await gen(here, 'w.wit -w office -o out');
    expect(await files(here)).toEqual(['interfaces/t-shop-orders.ts', 'office.ts', 'till.ts']);
    await gen(here, 'w.wit -w till -o out');
    expect(await files(here)).toEqual(['office.ts', 'till.ts']);
  });
});
