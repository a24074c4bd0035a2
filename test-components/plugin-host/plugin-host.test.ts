import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ComponentError } from '@wit-ts/runtime';
import { beforeEach, describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';
import { PluginHost } from './host/plugin-host.ts';

const directory = temporaryDirectory();
const plugin = (name: string): Promise<Uint8Array> =>
  readFile(inTestComponents(`plugin-host/built/${name}.wasm`));

describe('plugin-host', () => {
  let host: PluginHost;

  beforeEach(async () => {
    host = new PluginHost(join(directory(), 'plugins'));
    for (const name of ['notes', 'word-count', 'hostile']) await host.load(name, await plugin(name));
    return () => host.close();
  });

  /** What a call of the hostile plugin ends with. */
  async function failure(text: string): Promise<Error> {
    try {
      return new Error(`it answered: ${await host.call('hostile', text)}`);
    } catch (error) {
      return error as Error;
    }
  }

  /** The other plugins answer, and the hostile one too, when it is asked for something else. */
  async function everybodyAnswers(): Promise<void> {
    expect(await host.call('notes', '')).toBe('');
    expect(await host.call('word-count', 'two words')).toMatch(/^2 words, \d+ in all$/u);
    expect(await host.call('hostile', '')).toBe('harmless');
  }

  it('gives each plugin its own directory', async () => {
    expect(await host.call('notes', 'Grüße')).toBe('Grüße\n');
    expect(await host.call('notes', 'more')).toBe('Grüße\nmore\n');
    expect(await host.call('word-count', 'one two three')).toBe('3 words, 3 in all');
    expect(await readFile(join(directory(), 'plugins/notes/notes.txt'), 'utf8')).toBe('Grüße\nmore\n');
    expect(await readFile(join(directory(), 'plugins/word-count/total.txt'), 'utf8')).toBe('3');
  });

  it.each([
    ['loop', /^out of fuel: /u],
    ['trap', /unreachable/u],
    ['exit', /exit/u],
  ])('survives a plugin that is asked to %s', async (text, message) => {
    expect((await failure(text)).message).toMatch(message);
    await everybodyAnswers();
  });

  it('gives a plugin no more memory than it may have', async () => {
    const [, blocks] = /^(\d+) blocks$/u.exec(await host.call('hostile', 'memory')) ?? [];
    expect(Number(blocks) * 65_536).toBeLessThan(16 * 2 ** 20);
    expect(Number(blocks) * 65_536).toBeGreaterThan(8 * 2 ** 20);
    await everybodyAnswers();
  });

  it('keeps a plugin in its directory', async () => {
    await writeFile(join(directory(), 'secret.txt'), 'a secret');
    await mkdir(join(directory(), 'plugins/hostile/inner'));
    await symlink('../../secret.txt', join(directory(), 'plugins/hostile/link'));
    await symlink(join(directory(), 'secret.txt'), join(directory(), 'plugins/hostile/absolute-link'));
    await writeFile(join(directory(), 'plugins/hostile/own.txt'), 'its own');
    expect(await host.call('hostile', 'read /own.txt')).toBe('its own');
    for (const path of [
      '../secret.txt',
      '/../../secret.txt',
      '/inner/../../../secret.txt',
      join(directory(), 'secret.txt'),
      '/etc/passwd',
      '/link',
      '/absolute-link',
      '/../notes/notes.txt',
    ])
      expect(await failure(`read ${path}`), path).toMatchObject({
        name: 'ComponentError',
        payload: expect.stringMatching(
          /^(?:No such file|Operation not permitted|Capabilities insufficient)/u,
        ),
      } satisfies Partial<ComponentError>);
  });

  it('replaces a plugin while the others run', async () => {
    await host.call('word-count', 'one two');
    const running = host.call('notes', 'kept');
    await host.load('word-count', await plugin('hostile'));
    expect(await running).toBe('kept\n');
    expect(await host.call('word-count', '')).toBe('harmless');
    await host.load('word-count', await plugin('word-count'));
    expect(await host.call('word-count', 'three')).toBe('1 words, 3 in all');
  });

  it('refuses names that are paths', async () => {
    for (const name of ['../x', '/x', '', 'a/b', '.', 'A'])
      await expect(host.load(name, await plugin('notes')), name).rejects.toThrow('not the name of a plugin');
  });
});
