import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MappingChoices } from '@wit-ts/mapping';
import { afterAll, describe, expect, it } from 'vitest';
import { transpile } from './index.ts';

/* oxlint-disable typescript/no-explicit-any -- the names and types of each choice are others */

const directory = await mkdtemp(join(tmpdir(), 'wit-ts-mapping-'));
afterAll(() => rm(directory, { recursive: true }));

const ALL = { results: 'value', flags: 'bigint', casing: 'wit' } as const;

class Lock {
  readonly name: string;
  constructor(name: string) {
    // oxlint-disable-next-line no-throw-literal -- as hosts for jco do
    if (name === '') throw 'no name';
    this.name = name;
  }
}

let count = 0;

/** Writes a test component as a static module under choices of the mapping. Returns it and its declarations. */
async function transpiled(
  component: string,
  mapping: MappingChoices,
): Promise<{ readonly module: any; readonly declared: string }> {
  const bytes = await readFile(new URL(`../../../test-components/${component}.wasm`, import.meta.url));
  count += 1;
  const name = `module${count}`;
  const files = await transpile(bytes, { name, mapping, inlineBelow: Infinity });
  const path = join(directory, `${name}.js`);
  await writeFile(path, files[0]!.content);
  const declared = files.flatMap((file) => (file.path.endsWith('.d.ts') ? [file.content] : [])).join('\n');
  return { module: await import(pathToFileURL(path).href), declared };
}

describe('a static module under choices of the mapping', () => {
  it('has the values and the names that its declarations have', async () => {
    const { module, declared } = await transpiled('choices/built/wat', ALL);
    const exports = module.instantiateSync({
      'example:choices/file-store': {
        'open-file': (name: string, mode: bigint) => ({
          tag: 'ok',
          val: { 'file-name': name, 'open-mode': mode },
        }),
        'find-files': () => ({ tag: 'err', val: 'none' }),
        'change-mode': (mode: bigint) => mode,
        'other-filter': (filter: unknown) => filter,
        'try-nothing': () => ({ tag: 'ok' }),
        FileHandle: class {
          'read-all'(): unknown {
            return { tag: 'err', val: 'loud' };
          }
          static 'count-files'(): unknown {
            return { tag: 'ok', val: 2 };
          }
        },
        Lock,
      },
      'say-hello': (name: string) => ({ tag: 'ok', val: `hello ${name}` }),
    });
    const store = exports['file-store'];
    expect(store['open-file']('a', 5n)).toEqual({
      tag: 'ok',
      val: { 'file-name': 'a', 'open-mode': 5n, 'size-hint': undefined },
    });
    expect(store['find-files']({ tag: 'all-files' })).toEqual({ tag: 'err', val: 'none' });
    expect(store['try-nothing']()).toEqual({ tag: 'ok', val: undefined });
    expect(new store.FileHandle('a')['read-all']()).toEqual({ tag: 'err', val: 'loud' });
    expect(store.FileHandle['count-files']('a')).toEqual({ tag: 'ok', val: 2 });
    expect(new store.Lock('a')).toBeInstanceOf(store.Lock);
    expect(() => new store.Lock('')).toThrow(module.ComponentError);
    expect(exports['greet-user']('Ada')).toEqual({ tag: 'ok', val: 'hello Ada' });
    expect(() => store['change-mode'](8n)).toThrow(
      'argument open-mode: expected a bigint from 0n to 7n (can-read, can-write, IS-hidden), got 8n',
    );
    expect(declared).toContain('"open-file"(');
    expect(declared).toContain('"greet-user"(userName: string): Result<string, string>;');
    expect(declared).toContain('export type OpenMode = bigint;');
  });

  it('resolves asynchronous functions with results', async () => {
    const { module, declared } = await transpiled('tasks/built/wat', { results: 'value' });
    const { check } = await module.instantiate({ ask: (a: number) => a });
    expect(await check(5)).toEqual({ tag: 'ok', val: 5 });
    expect(await check(0)).toEqual({ tag: 'err', val: 'refused' });
    expect(declared).toMatch(/check\([^)]*\): Promise<Result<number, string>>;/u);
  });

  it('refuses choices that do not exist', async () => {
    const mapping = { casing: 'kebab' as 'wit' };
    await expect(transpiled('choices/built/wat', mapping)).rejects.toThrow(
      new TypeError("`mapping.casing`: expected 'camel' or 'wit', got \"kebab\""),
    );
  });
});

describe('a static module of a component with functions called `then`', () => {
  it('has no object that a promise waits for', async () => {
    const { module, declared } = await transpiled('names/built/thenable', {});
    class Ticket {
      then$1(): number {
        return 7;
      }
    }
    const host = { 'test:names/host': { Ticket, buy: async () => new Ticket() } };
    const { things, ask } = await module.instantiate(host);
    const passedOn: any = await Promise.resolve(things);
    const Maker: any = await Promise.resolve(passedOn.Maker);
    const thing = await passedOn.make();
    expect([thing.then$1(), Maker.then$1(), passedOn.then$1(), await ask()]).toEqual([3, 4, 5, 7]);
    expect(declared).not.toMatch(/\bthen\(/u);
  });
});
