import { describe, expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const WIT = `package a:b@1.0.0;
interface clock { resource timer { constructor(); wait: func(); } sleep: func(ms: u32) -> u64; }
interface api {
  resource session { constructor(); touch: func() -> u32; open: static func() -> session; }
  handle: func(request: string) -> result<string, u8>;
}
world one { import clock; import log: func(text: string); export api; export run: func() -> option<u8>; export stop: func(); }
world two { export run: func() -> u8; export only-two: func() -> u8; }
`;

/** The names of the functions that return promises or may do so. */
function asyncIn(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    const [, name] = /^ +(?:static )?(\w+)\(.*Promise(?:Like)?</u.exec(line) ?? [];
    return name === undefined ? [] : [name];
  });
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

  it.each(['nothing', 'api#nothing', 'api#session', '[constructor]session'])(
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

  it.each([
    ['a:b/api@2.0.0#handle', 'a:b/api@1.0.0#handle'],
    ['session.tuch', 'session.touch'],
    ['rum', 'run'],
  ])('suggests a name for %s', async (name, near) => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, err } = await here.run(`gen w.wit -w one -o out --guest --async-exports ${name}`);
    expect([code, err]).toEqual([2, expect.stringContaining(`did you mean \`${near}\`?`)]);
  });

  it('finds the name in any of several worlds', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, out } = await here.run(
      'gen w.wit --all-worlds -o - --guest --async-exports only-two --async-exports stop',
    );
    expect([code, asyncIn(out).sort()]).toEqual([0, ['onlyTwo', 'stop']]);
  });

  it('follows the path', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const taken = await here.run('gen --guest --async-exports w.wit');
    expect(taken.code).toBe(2);
    expect(taken.err).toContain('if `w.wit` is the path, write it before `--async-exports`');
    const imports = await here.run('gen --async-imports w.wit');
    expect(imports.err).toContain('if `w.wit` is the path, write it before `--async-imports`');
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

const EXPORTS = ['touch', 'open', 'handle', 'run', 'stop'];

describe('wit-ts gen for a host', () => {
  it.each([
    ['--async-imports', ['wait', 'sleep', 'log', ...EXPORTS]],
    ['--async-imports *', ['wait', 'sleep', 'log', ...EXPORTS]],
    ['--async-imports log', ['log', ...EXPORTS]],
    ['--async-imports a:b/clock#[method]timer.wait', ['wait', ...EXPORTS]],
    ['--async-imports clock --async-exports run', ['wait', 'sleep', 'run']],
    ['--async-exports handle,stop', ['handle', 'stop']],
    ['', []],
  ])('%s makes these asynchronous', async (options, expected) => {
    const here = await testDirectory({ 'w.wit': WIT });
    const { code, out } = await here.run(`gen w.wit -w one -o - ${options}`);
    expect([code, asyncIn(out).sort()]).toEqual([0, expected.toSorted()]);
  });

  it('tells the runtime which functions wait', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const some = await here.run('gen w.wit -w one -o - --async-imports timer.wait,log --async-exports run');
    expect(some.out.replaceAll(/\s+/gu, ' ')).toContain(
      '{ suspend: { imports: ["a:b/clock@1.0.0#[method]timer.wait", "log"], exports: ["run"], }, ...options, }',
    );
    const all = await here.run('gen w.wit -w one -o - --async-imports');
    expect(all.out.replaceAll(/\s+/gu, ' ')).toContain(
      '{ suspend: { imports: true, exports: true }, ...options, }',
    );
    const none = await here.run('gen w.wit -w one -o -');
    expect(none.out).not.toContain('suspend');
  });

  it('refuses an unknown import, and imports of a guest', async () => {
    const here = await testDirectory({ 'w.wit': WIT });
    const unknown = await here.run('gen w.wit -w one -o out --async-imports sleeep');
    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('`one` imports no function `sleeep` that can be asynchronous');
    expect(unknown.err).toContain('did you mean `sleep`?');
    const guest = await here.run('gen w.wit -w one -o out --guest --async-imports');
    expect(guest.code).toBe(2);
    expect(guest.err).toContain('`--async-imports` is for hosts, and `--guest` generates for a guest');
  });

  it('keeps the lists for the directory, and reads them from a config file', async () => {
    const gen = [
      { path: 'w.wit', world: 'one', out: 'some', asyncImports: ['sleep'], asyncExports: ['run'] },
      { path: 'w.wit', world: 'one', out: 'all', asyncImports: true },
    ];
    const here = await testDirectory({ 'w.wit': WIT, 'wit-ts.config.json': JSON.stringify({ gen }) });
    expect(await here.run('gen')).toMatchObject({ code: 0 });
    expect(await here.run('gen --check')).toMatchObject({ code: 0 });
    expect(asyncIn(await here.read('some/one.ts'))).toEqual(['run']);
    expect(asyncIn(await here.read('some/interfaces/a-b-clock.ts'))).toEqual(['sleep']);
    expect(asyncIn(await here.read('all/interfaces/a-b-clock.ts')).sort()).toEqual(['sleep', 'wait']);
    // Another world of the directory has to be known as it was generated.
    expect(await here.run('gen w.wit -w two -o some')).toMatchObject({ code: 0 });
    expect(asyncIn(await here.read('some/interfaces/a-b-clock.ts'))).toEqual(['sleep']);
    expect(await here.read('some/.wit-ts-files')).toContain('--async-imports sleep --async-exports run');
  });
});
