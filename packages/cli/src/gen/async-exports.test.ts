import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const WIT = `package a:b@1.0.0;
interface api {
  resource session { constructor(); touch: func() -> u32; open: static func() -> session; }
  handle: func(request: string) -> result<string, u8>;
}
world one { export api; export run: func() -> option<u8>; export stop: func(); }
world two { export run: func() -> u8; export only-two: func() -> u8; }
`;

const PROMISED = /\| Promise</u;

/** The names of the functions that may be asynchronous. */
function asyncIn(text: string): string[] {
  return text.split('\n').flatMap((line) => (PROMISED.test(line) ? [/(\w+)\(/u.exec(line)![1]!] : []));
}

describe('wit-ts gen --guest --async-exports', () => {
  it.each([
    ['--async-exports', ['touch', 'open', 'handle', 'run', 'stop']],
    ['--async-exports=all', ['touch', 'open', 'handle', 'run', 'stop']],
    ['--async-exports run', ['run']],
    ['--async-exports run --async-exports api#handle', ['handle', 'run']],
    ['--async-exports run,stop', ['run', 'stop']],
    ['--async-exports a:b/api@1.0.0#[method]session.touch', ['touch']],
    ['--async-exports a:b/api#session.open', ['open']],
    ['--async-exports handle', ['handle']],
    ['--async-exports api', ['touch', 'open', 'handle']],
  ])('%s lets these be asynchronous', async (options, expected) => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, out } = await here.run(`gen w.wit -w one -o - --guest ${options}`);
    expect(code).toBe(0);
    expect(asyncIn(out).sort()).toEqual(expected.toSorted());
  });

  it.each(['nothing', 'api#nothing', 'a:b/api@2.0.0#handle', 'api#session', 'one', '[constructor]session'])(
    'refuses %s, which no export is called, and lists the names',
    async (name) => {
      const here = await testDirectory({ 'w.wit': WIT });
      const { code, err } = await here.run(`gen w.wit -w one -o out --guest --async-exports ${name}`);
      expect(code).toBe(2);
      expect(err).toContain(`\`one\` exports no function \`${name}\` that can be asynchronous`);
      expect(err).toContain('a:b/api@1.0.0#[method]session.touch');
      expect(err).toContain('choose from `run`, `stop`, ');
      expect(err).not.toContain('#[constructor]session');
    },
  );

  it('finds the name in any of several worlds', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, out } = await here.run(
      'gen w.wit --all-worlds -o - --guest --async-exports only-two --async-exports stop',
    );
    expect([code, asyncIn(out).sort()]).toEqual([0, ['onlyTwo', 'stop']]);
  });

  it('belongs to guests, and follows the path', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const host = await here.run('gen w.wit -w one --async-exports');
    expect(host).toMatchObject({ code: 2, err: expect.stringContaining('needs `--guest`') });
    const taken = await here.run('gen --guest --async-exports w.wit');
    expect(taken.code).toBe(2);
    expect(taken.err).toContain('if `w.wit` is the path, write it before `--async-exports`');
  });

  it('is kept for the directory, and in a config file', async () => {
    const gen = [
      { path: 'w.wit', world: 'one', guest: true, out: 'one', asyncExports: ['run'] },
      { path: 'w.wit', world: 'one', guest: true, out: 'all', asyncExports: true },
      { path: 'w.wit', world: 'one', guest: true, out: 'none', asyncExports: false },
    ];
    const here = await testDirectory({ 'w.wit': WIT, 'wit-ts.config.json': JSON.stringify({ gen }) });
    expect(await here.run('gen')).toMatchObject({ code: 0 });
    expect(await here.run('gen --check')).toMatchObject({ code: 0 });
    expect(asyncIn(await here.read('one/one.d.ts'))).toEqual(['run']);
    expect(asyncIn(await here.read('all/one.d.ts'))).toEqual(['run', 'stop']);
    expect(asyncIn(await here.read('none/one.d.ts'))).toEqual([]);
    // Another world of the directory has to be known as it was generated.
    expect(await here.run('gen w.wit -w two -o one --guest')).toMatchObject({ code: 0 });
    expect(asyncIn(await here.read('one/one.d.ts'))).toEqual(['run']);
    expect(await here.read('one/.wit-ts-files')).toContain('--async-exports run');
  });
});
