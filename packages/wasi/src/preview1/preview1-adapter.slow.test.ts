import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peer, peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { instantiate } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { differingLines } from '../fixtures/differing-lines.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { wasi2 } from '../p2/index.ts';
import { runPreview1 } from './run-preview1.ts';

const built = (name: string) => new URL(`../../../../test-components/${name}/built/c.wasm`, import.meta.url);
const adapter = '@bytecodealliance/jco/lib/wasi_snapshot_preview1.command.wasm';
const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';

/** The lines that differ: the call, the number with the adapter, the number without it. */
const DIFFERENCES: Readonly<
  Record<string, Readonly<Record<string, readonly (readonly [string, string, string])[]>>>
> = {
  files: {
    'a read fills all buffers of its list, and the adapter only the first one': [
      ['read 1 / read 4', '6', '6789'],
      ['read 1 / read 0', '7', ''],
      ['offset', '0', '2'],
    ],
    'the adapter cannot allocate': [
      ['__wasi_fd_allocate(fd, 2, 6)', '58', '0'],
      ['stat.size', '4', '8'],
      ['__wasi_fd_allocate(fd, 0, 2)', '58', '0'],
      ['stat.size', '4', '8'],
    ],
  },
  descriptors: {
    'a directory and a file opened without rights report that they can be read': [
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
    ],
  },
};

describe.skipIf(absent)(`the functions of preview 1 and the adapter to WASI 0.2${why}`, () => {
  const folder = temporaryDirectory();

  /** Runs a program with the adapter and without it, and returns what each printed. */
  async function printed(name: string, args: readonly string[]): Promise<[adapted: string, ours: string]> {
    const core = await readFile(built(name));
    const adapterBytes = await readFile(peerPath(adapter));
    const tools = await peer('wasm-tools');
    const component = await tools.componentNew(core, [['wasi_snapshot_preview1', adapterBytes]]);
    const system = () =>
      testSystem({ args: ['program', ...args] }, [{ guest: '/', host: folder(), write: true }]);

    const [adapted, ours] = [system(), system()];
    const { run } = await instantiate<{ run: { run(): void } }>(component, wasi2(adapted));
    run.run();
    expect(await runPreview1(new Uint8Array(core), ours)).toBe(0);
    for (const each of [adapted, ours]) each.close();
    return [adapted.out(), ours.out()];
  }

  it.each(Object.entries(DIFFERENCES))(
    'give the same, but for known differences: %s',
    async (part, expected) => {
      const [adapted, ours] = await printed('preview1-calls', [part]);
      expect(differingLines(adapted, ours).sort()).toEqual(Object.values(expected).flat().map(String).sort());
    },
  );

  it('change what is in a directory that libc opened for reading', async () => {
    await mkdir(join(folder(), 'box'));
    const [adapted, ours] = await printed('escape-artist', ['/box', 'new']);
    expect(adapted).toBe(ours);
    expect(ours).toContain('succeeds: truncate, link from, rename from, unlink');
    expect(await readdir(join(folder(), 'box'))).toEqual([]);
  });
});
