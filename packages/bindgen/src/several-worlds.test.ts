import { resolveOrThrow } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import { generate, type Side } from './index.ts';

/** The files of all worlds of a package by path; fails if two worlds write different contents to one path. */
async function filesOf(wit: string, side: Side): Promise<Map<string, Set<string>>> {
  const { resolve, package: main } = resolveOrThrow(wit);
  const files = new Map<string, string>();
  const paths = new Map<string, Set<string>>();
  for (const world of main!.worlds.values()) {
    for (const { path, content } of await generate(resolve, world, { side })) {
      expect(files.get(path) ?? content, `${world.name} ${path}`).toBe(content);
      files.set(path, content);
      paths.set(path, (paths.get(path) ?? new Set()).add(world.name));
    }
  }
  return paths;
}

const STORE = `package t:two@0.1.0;
interface store { resource bucket { get: func() -> u32; } open: func() -> bucket; }
interface misc { use store.{bucket}; f: func(b: borrow<bucket>); }
interface plain { record item { n: u8 } all: func() -> list<item>; }
interface top { use misc.{bucket}; use plain.{item}; resource r { take: func(b: bucket) -> item; } }
`;

function env(name: string): string {
  return `import env: interface { ${name}: func(); }`;
}

describe('the files of several worlds of a package', () => {
  it.each([
    [
      'an interface is imported by one and exported by another',
      'world a { import store; } world b { export store; }',
    ],
    [
      'a user of it is exported with it, and without it',
      'world a { export misc; } world b { export store; export misc; }',
    ],
    [
      'a user of it is imported, exported, or both',
      'world a { import misc; } world b { export misc; } world c { export store; export misc; } world d { import misc; export store; export misc; }',
    ],
    [
      'an interface takes a resource by way of two others',
      'world a { export top; } world b { export misc; export top; } world d { export store; export misc; export top; } world e { import top; }',
    ],
    [
      'an interface without resources goes both ways',
      'world a { import plain; } world b { export plain; } world c { import plain; export plain; }',
    ],
    [
      'inline interfaces have one label',
      'world a { import env: interface { f: func(); } } world b { import env: interface { g: func(); } } world c { export env: interface { h: func(); } }',
    ],
    [
      'inline interfaces of a world that others include',
      'world a { import env: interface { use store.{bucket}; f: func() -> bucket; } } world b { include a; } world c { include b; export run: func(); }',
    ],
  ])('are equal if %s', async (_, worlds) => {
    await filesOf(STORE + worlds, 'host');
    await filesOf(STORE + worlds, 'guest');
  });

  it('are written once for an interface that they share', async () => {
    const paths = await filesOf(
      `${STORE} world a { import misc; } world b { import misc; export run: func(); }`,
      'host',
    );
    expect([...paths.get('interfaces/t-two-misc.ts')!]).toEqual(['a', 'b']);
  });

  it('have the version in their name for both worlds if each imports another version', async () => {
    const paths = await filesOf(
      `package t:w;
      world a { import o:dep/i@1.0.0; }
      world b { import o:dep/i@2.0.0; }
      package o:dep@1.0.0 { interface i { f: func(); } }
      package o:dep@2.0.0 { interface i { f: func(n: u8); } }`,
      'host',
    );
    expect([...paths.keys()]).toEqual([
      'a.ts',
      'interfaces/o-dep-i@1.0.0.ts',
      'b.ts',
      'interfaces/o-dep-i@2.0.0.ts',
    ]);
  });

  it('have the world in the name of an inline interface only if another world has the label', async () => {
    const paths = await filesOf(`package t:w; world a { ${env('f')} } world b { ${env('g')} }`, 'host');
    expect([...paths.keys()]).toEqual(['a.ts', 'interfaces/a_env.ts', 'b.ts', 'interfaces/b_env.ts']);
    const alone = await filesOf(
      `package t:w; world a { ${env('f')} } world b { import other: func(); }`,
      'host',
    );
    expect([...alone.keys()]).toEqual(['a.ts', 'interfaces/env.ts', 'b.ts']);
  });
});
