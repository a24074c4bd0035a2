import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { largePrograms } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../../../../test-components/running/temporary-directory.ts';
import { textOutput } from '../fixtures/programs.ts';
import { type Preview1, preview1 } from '../preview1.ts';
import type { Refusal } from '../refusal.ts';

/** The part of `@ruby/wasm-wasi` that the test uses. */
interface RubyLoader {
  readonly RubyVM: {
    instantiateModule(options: {
      readonly module: WebAssembly.Module;
      readonly wasip1: Pick<Preview1, 'initialize' | 'wasiImport'>;
    }): Promise<{ readonly vm: { eval(script: string): unknown } }>;
  };
}

const absent = await largePrograms.install().then(
  () => '',
  () => ' (skipped: packages/dev-peers/programs cannot be installed)',
);
const folder = temporaryDirectory();

/** Reads a file, and prints what it says or the error and what kind of error it is. */
const SCRIPT = `
  require 'json'

  def try(path)
    puts JSON.parse(File.read(path)).fetch('name')
  rescue SystemCallError => error
    puts [error.class, error.class.superclass, error.message[/- (.*)/, 1]].join(' ')
  end

  ['/data/notes.json', '/etc/passwd', '/data/../etc/passwd', '/data/missing.json'].each { |path| try(path) }
  begin
    File.write('/data/notes.json', '{}')
  rescue SystemCallError => error
    puts error.class
  end
  puts Dir.children('/data')
  $stdout.flush
`;

describe.skipIf(absent !== '')(`CRuby, a core module of preview 1 with its own loader${absent}`, () => {
  it('reads the file that it is granted, and is refused others with exceptions that Ruby has for it', async () => {
    await writeFile(join(folder(), 'notes.json'), '{"name": "Grüße"}');
    const loader = pathToFileURL(largePrograms.path('@ruby/wasm-wasi/dist/esm/index.js'));
    const { RubyVM }: RubyLoader = await import(loader.href);
    const bytes = await readFile(largePrograms.path('@ruby/3.4-wasm-wasi/dist/ruby+stdlib.wasm'));
    const [{ write, text }, errors, refusals] = [textOutput(), textOutput(), [] as Refusal[]];
    const wasip1 = await preview1({
      dirs: [{ host: folder(), guest: '/data' }],
      stdout: write,
      stderr: errors.write,
      clocks: true,
      random: true,
      exit: true,
      onRefused: (refusal) => refusals.push(refusal),
    });
    const { vm } = await RubyVM.instantiateModule({ module: await WebAssembly.compile(bytes), wasip1 });
    refusals.length = 0;
    vm.eval(SCRIPT);
    wasip1.close();
    expect(text().split('\n')).toEqual([
      'Grüße',
      'Errno::ENOTCAPABLE SystemCallError /etc/passwd',
      'Errno::EPERM SystemCallError /data/../etc/passwd',
      'Errno::ENOENT SystemCallError /data/missing.json',
      'Errno::EROFS',
      'notes.json',
      '',
    ]);
    expect(errors.text()).toBe('');
    expect(await readFile(join(folder(), 'notes.json'), 'utf8')).toContain('Grüße');
    const reported = refusals.filter(({ function: name }) => name === 'path_open');
    expect(reported.map(({ asked, flags }) => [asked, flags])).toEqual([
      ['/etc/passwd', ['--dir /etc::/etc']],
      ['/etc/passwd', []],
      ['/data/notes.json', [`--dir ${folder()}::/data`]],
    ]);
  }, 180_000);
});
