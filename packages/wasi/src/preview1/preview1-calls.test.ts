import { closeSync, openSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WASI } from 'node:wasi';
import { afterAll, describe, expect, it } from 'vitest';
import { differingLines } from '../fixtures/differing-lines.ts';
import { testSystem } from '../fixtures/test-system.ts';
import { runPreview1 } from './run-preview1.ts';

const folderOfProgram = new URL('../../../../test-components/preview1-calls/', import.meta.url);

/**
 * The lines that differ between `node:wasi` and this host: the call, the number of Node, ours. Both hosts choose
 * freely where the specification does not say which error a call gives.
 */
const DIFFERENCES: Readonly<
  Record<string, Readonly<Record<string, readonly (readonly [string, string, string])[]>>>
> = {
  files: {},
  directories: {
    'a link at the end of the path is `loop` without `symlink_follow`, and Node opens its target': [
      ['__wasi_path_open(DIR, 0, "link", 0, READ, 0, 0, &fd)', '0', '32'],
    ],
  },
  descriptors: {
    'only the flags of preview 1 are reported, and Node adds others': [
      ['stat.fs_flags', '32768', '0'],
      ['stat.fs_flags', '33794', '1'],
      ['stat.fs_flags', '34818', '4'],
      ['stat.fs_flags', '32768', '0'],
      ['stat.fs_flags', '32768', '0'],
    ],
    'rights only describe: a directory and a file opened without rights report that they can be read': [
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_READ) != 0', '0', '1'],
      ['(stat.fs_rights_base & __WASI_RIGHTS_FD_SEEK) != 0', '0', '1'],
      ['write_text(file, "not open for writing")', '76', '8'],
    ],
    'what is no preopened directory is `badf` here, and `inval` in Node': [
      ['__wasi_fd_prestat_get(directory, &prestat)', '28', '8'],
      ['preopen 0', '28', '8'],
      ['preopen 1', '28', '8'],
      ['preopen 2', '28', '8'],
    ],
    'a buffer that is too short is `nametoolong`, and `nobufs` in Node': [
      ['__wasi_fd_prestat_dir_name(fd, name, length - 1)', '42', '37'],
    ],
    'the flags for synchronous writes cannot be set later, and Node accepts them': [
      ['__wasi_fd_fdstat_set_flags(file, __WASI_FDFLAGS_SYNC)', '0', '28'],
    ],
  },
};

describe('the functions of preview 1', async () => {
  const module = await WebAssembly.compile(await readFile(new URL('built/c.wasm', folderOfProgram)));
  const folder = await mkdtemp(join(tmpdir(), 'wit-ts-preview1-'));
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function printed(host: 'node' | 'ours', part: string): Promise<string> {
    const box = join(folder, `${host}-${part}`);
    await mkdir(box);
    if (host === 'node') return runWithNode(part, box);
    const system = testSystem({ args: ['program', part] }, [{ guest: '/', host: box, write: true }]);
    expect(await runPreview1(module, system)).toBe(0);
    system.close();
    return system.out();
  }

  async function runWithNode(part: string, box: string): Promise<string> {
    const [out, empty] = [join(folder, `out-${part}`), openSync('/dev/null', 'r')];
    const stdout = openSync(out, 'w');
    const wasi = new WASI({
      version: 'preview1',
      args: ['program', part],
      preopens: { '/': box },
      stdin: empty,
      stdout,
    });
    const imports = { wasi_snapshot_preview1: wasi.wasiImport as WebAssembly.ModuleImports };
    expect(wasi.start(await WebAssembly.instantiate(module, imports))).toBe(0);
    for (const fd of [stdout, empty]) closeSync(fd);
    return readFile(out, 'utf8');
  }

  it.each(Object.keys(DIFFERENCES))('give what node:wasi gives, with known differences: %s', async (part) => {
    const [node, ours] = [await printed('node', part), await printed('ours', part)];
    expect(ours.split('\n').length).toBeGreaterThan(20);
    const expected = Object.values(DIFFERENCES[part]!).flat();
    expect(differingLines(node, ours).sort()).toEqual(expected.map(String).sort());
  });

  // The specification says what these calls give, so that they need no other host to compare with.
  it.each(['waiting', 'mistakes'])('give what is expected: %s', async (part) => {
    const expected = await readFile(new URL(`expected/${part}.txt`, folderOfProgram), 'utf8');
    expect(await printed('ours', part)).toEqual(expected);
  });
});
