import { describe, expect, it } from 'vitest';
import { alone, textsOf, worldFrom } from './fixtures/from-contract.ts';
import { asyncFunctionNames, generate } from './index.ts';

const world = worldFrom({
  imports: { 'a:b/i@1.0.0': { functions: { f: 'func() -> u8' } } },
  exports: {
    'a:b/i@1.0.0': 'interface a:b/i@1.0.0',
    'a:b/j': {
      types: { r: 'resource', promise: 'u8' },
      functions: {
        '[constructor]r': 'constructor()',
        '[method]r.m': 'func() -> option<string>',
        '[static]r.s': 'static func() -> promise',
        later: 'async func() -> u8',
      },
    },
    'in-line': { functions: { f: 'func() -> result<u8, string>' } },
    run: 'func()',
  },
});

describe('asynchronous exports of guests', () => {
  it('may be all functions but constructors, and imports stay as they are', async () => {
    const texts = await textsOf(world, { side: 'guest', asyncExports: true });
    expect(texts['interfaces/a-b-i.d.ts']).toContain('export function f(): number;');
    expect(texts['exports/a-b-i.d.ts']).toContain('    f(): number | Promise<number>;');
    const text = texts['interfaces/a-b-j.d.ts'];
    expect(text).toContain('new (): R;');
    expect(text).toContain('    m(): string | undefined | globalThis.Promise<string | undefined>;');
    expect(text).toContain('      s(): Promise | globalThis.Promise<Promise>;');
    expect(text).toContain('    later(): globalThis.Promise<number>;');
    expect(texts['interfaces/in-line.d.ts']).toContain('    f(): number | Promise<number>;');
    expect(texts['w.d.ts']).toContain('    run(): void | Promise<void>;');
  });

  it('have the names of jco, and shorter ones', () => {
    expect(asyncFunctionNames(world, 'export')).toEqual([
      ['a:b/i@1.0.0#f', 'a:b/i#f', 'i#f', 'a:b/i@1.0.0', 'a:b/i', 'i', 'f'],
      ['a:b/j#[method]r.m', 'j#[method]r.m', 'a:b/j#r.m', 'j#r.m', 'a:b/j', 'j', '[method]r.m', 'r.m'],
      ['a:b/j#[static]r.s', 'j#[static]r.s', 'a:b/j#r.s', 'j#r.s', 'a:b/j', 'j', '[static]r.s', 'r.s'],
      ['a:b/j#later', 'j#later', 'a:b/j', 'j', 'later'],
      ['in-line#f', 'in-line', 'f'],
      ['run'],
    ]);
  });

  it.each([
    ['run', 'void | Promise<void>'],
    ['i#f', 'number | Promise<number>'],
    ['a:b/j#r.m', 'globalThis.Promise<string | undefined>'],
    ['in-line', 'number | Promise<number>'],
  ])('may be only %s', async (name, expected) => {
    const texts = await textsOf(world, { side: 'guest', asyncExports: [name] });
    const all = Object.values(texts).join('');
    expect(all.match(/\| (?:globalThis\.)?Promise</gu)).toHaveLength(1);
    expect(all).toContain(expected);
  });

  it('are those of the world if interfaces have the name as well', async () => {
    const both = worldFrom({
      exports: { 'a:b/run': { functions: { run: 'func()', stop: 'func()' } }, run: 'func()' },
    });
    expect(asyncFunctionNames(both, 'export')).toEqual([
      ['a:b/run#run', 'run#run', 'a:b/run'],
      ['a:b/run#stop', 'run#stop', 'a:b/run', 'stop'],
      ['run'],
    ]);
  });

  it('are refused if no function has the name', async () => {
    await expect(textsOf(world, { side: 'guest', asyncExports: ['run', 'runs'] })).rejects.toThrow(
      '`w` exports no function "runs" that can be asynchronous; choose from: a:b/i@1.0.0#f, ',
    );
  });

  it('are none without the option', async () => {
    expect(await generate(alone(world), world, { side: 'guest', asyncExports: [] })).toEqual(
      await generate(alone(world), world, { side: 'guest' }),
    );
  });
});

describe('asynchronous functions of hosts', () => {
  const host = worldFrom({
    imports: {
      'a:b/poll@1.0.0': {
        types: { pollable: 'resource' },
        functions: { '[constructor]pollable': 'constructor()', '[method]pollable.block': 'func()' },
      },
      conn: 'resource',
      '[constructor]conn': 'constructor()',
      '[method]conn.ping': 'func() -> u8',
      block: 'func(x: u8) -> future<u8>',
    },
    exports: { run: 'func()', 'a:b/e': { functions: { run: 'func()', stop: 'func() -> stream<u8>' } } },
  });

  it('are the imports that are listed, and all exports', async () => {
    const texts = await textsOf(host, { asyncImports: ['poll', 'conn.ping'] });
    expect(texts['interfaces/a-b-poll.ts']).toContain('  block(): void | PromiseLike<void>;');
    expect(texts['w.ts']).toContain('  ping(): number | PromiseLike<number>;');
    expect(texts['w.ts']).toContain('  block(x: number): PromiseLike<number>;');
    expect(texts['w.ts']).toContain('  run(): Promise<void>;');
    expect(texts['interfaces/a-b-e.ts']).toContain('  stop(): Promise<Stream<number, Uint8Array>>;');
    expect(texts['w.ts']).toContain(
      '    suspend: {\n      imports: ["a:b/poll@1.0.0#[method]pollable.block", "[method]conn.ping"],\n      exports: true,\n    },\n',
    );
  });

  it('are the exports that are listed beside imports', async () => {
    const texts = await textsOf(host, { asyncImports: ['*'], asyncExports: ['run'] });
    expect(texts['interfaces/a-b-poll.ts']).toContain('  new (): Pollable;');
    expect(texts['w.ts']).toContain('  block(x: number): number | PromiseLike<number>;');
    expect(texts['w.ts']).toContain('  run(): Promise<void>;');
    expect(texts['interfaces/a-b-e.ts']).toContain('  run(): void;');
    expect(texts['w.ts']).toContain('suspend: { imports: true, exports: ["run"] }');
  });

  it('have names without constructors', () => {
    expect(asyncFunctionNames(host, 'import')).toEqual([
      (
        'a:b/poll@1.0.0#[method]pollable.block a:b/poll#[method]pollable.block poll#[method]pollable.block ' +
        'a:b/poll@1.0.0#pollable.block a:b/poll#pollable.block poll#pollable.block ' +
        'a:b/poll@1.0.0 a:b/poll poll [method]pollable.block pollable.block'
      ).split(' '),
      ['[method]conn.ping', 'conn.ping'],
      ['block'],
    ]);
  });

  it('are refused if no function has the name, or if a guest imports them', async () => {
    await expect(textsOf(host, { asyncImports: ['pool'] })).rejects.toThrow(
      '`w` imports no function "pool" that can be asynchronous; choose from: a:b/poll@1.0.0#[method]pollable.block, ',
    );
    await expect(textsOf(host, { asyncImports: true, side: 'guest' })).rejects.toThrow(
      '`asyncImports` is an option for hosts',
    );
  });
});
