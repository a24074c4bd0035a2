import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from '../directories.ts';
import { generatedPackage } from './generated-package.ts';
import { npmPackage, witPackages } from './npm-packages.ts';

/** A directory of WIT that all contenders read, and a world in it. */
export interface WitSpeedInput {
  readonly name: string;
  readonly directory: string;
  readonly world: string;
  readonly lines: number;
}

/** The numbers of lines of the generated packages. */
const SIZES = [1000, 10_000, 100_000];

/** Writes the inputs to `.cache`: two versions of WASI from jco, and generated packages of increasing size. */
export async function witSpeedInputs(): Promise<WitSpeedInput[]> {
  const builtin = join(await npmPackage(witPackages[0]), 'lib/wit/builtin');
  return [
    await wasi(builtin, '0.2.12', ['wasi:cli/imports', 'wasi:http/proxy']),
    await wasi(builtin, '0.3.0', ['wasi:cli/imports', 'wasi:http/service']),
    ...(await Promise.all(SIZES.map(generated))),
  ];
}

async function wasi(builtin: string, version: string, worlds: readonly string[]): Promise<WitSpeedInput> {
  const directory = await emptyDirectory(`wasi-${version}`);
  let lines = 0;
  for (const name of (await readdir(join(builtin, version))).sort()) {
    const text = await readFile(join(builtin, version, name, 'package.wit'), 'utf8');
    lines += text.split('\n').length - 1;
    await mkdir(join(directory, 'deps', name), { recursive: true });
    await writeFile(join(directory, 'deps', name, 'package.wit'), text);
  }
  const includes = worlds.map((world) => `  include ${world}@${version};\n`).join('');
  await writeFile(join(directory, 'all.wit'), `package study:wasi;\n\nworld all {\n${includes}}\n`);
  return { name: `WASI ${version}`, directory, world: 'study:wasi/all', lines };
}

async function generated(size: number): Promise<WitSpeedInput> {
  const directory = await emptyDirectory(`large-${size}`);
  const text = generatedPackage(size);
  await writeFile(join(directory, 'all.wit'), text);
  const lines = text.split('\n').length - 1;
  return {
    name: `generated, ${size.toLocaleString('en')} lines`,
    directory,
    world: 'study:large/all@1.0.0',
    lines,
  };
}

async function emptyDirectory(name: string): Promise<string> {
  const directory = join(cache, 'speed', name);
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true });
  return directory;
}
