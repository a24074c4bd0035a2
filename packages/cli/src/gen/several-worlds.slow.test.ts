import { compileStrictly, type SourceText } from '@wit-ts/dev-support/compile-strictly';
import { Random } from '@wit-ts/dev-support/random';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { RandomRepository, textOf, type RandomPackage } from '../fixtures/random-repository.ts';
import { testDirectory, type TestDirectory } from '../fixtures/test-directory.ts';

type Files = ReadonlyMap<string, string>;

/** A world that was generated, and its files. */
interface Generated {
  readonly file: string;
  /** The plain name, by which a world stays the same if its package is renamed. */
  readonly world: string;
  readonly side: '' | '--guest';
  files: Files;
}

const FOREIGN = {
  'out/mine.ts': 'export const mine = 1;\n',
  'out/interfaces/mine.d.ts': '',
  'out/a.txt': '',
};

/** One history of a repository and its output directory. */
class History {
  readonly here: TestDirectory;
  readonly random: Random;
  readonly repository: RandomRepository;
  readonly generated = new Map<string, Generated>();
  refusals = 0;
  /** What happened, for the message of a failure. */
  readonly log: string[] = [];
  #fresh = 0;

  constructor(here: TestDirectory, seed: number) {
    this.here = here;
    this.random = new Random(seed);
    this.repository = new RandomRepository(this.random);
  }

  async start(): Promise<void> {
    await this.here.write(FOREIGN);
    for (const pkg of this.repository.packages) await this.write(pkg);
  }

  write(pkg: RandomPackage): Promise<unknown> {
    this.log.push(textOf(pkg));
    return this.here.write({ [pkg.file]: textOf(pkg) });
  }

  /** Generates worlds of a package, checks the directory, and returns false if the run was refused. */
  async generate(pkg: RandomPackage, worlds: readonly string[], side: Generated['side']): Promise<boolean> {
    const before = await this.files('out');
    const options = worlds.map((world) => `-w ${world}`).join(' ');
    const { code, err } = await this.here.run(`gen ${pkg.file} ${options} ${side} -o out`);
    this.log.push(`gen ${pkg.file} ${options} ${side}: ${code} ${err}`);
    const after = await this.files('out');
    if (code !== 0) {
      expect({ code, err }).toMatchObject({
        code: 1,
        err: expect.stringMatching(/differs between|error\[/u),
      });
      expect(after).toEqual(before);
      if (!err.includes('error[')) this.refusals += 1;
      return false;
    }
    for (const world of worlds) {
      const files = await this.fresh(pkg.file, world, side);
      for (const [name, content] of files) expect(after.get(name), name).toBe(content);
      this.generated.set(`${pkg.file} ${world} ${side}`, { file: pkg.file, world, side, files });
    }
    expect(await this.here.run(`gen ${pkg.file} ${options} ${side} -o out --check`)).toMatchObject({
      code: 0,
      out: '',
    });
    await this.expectOthersKept(before, after);
    return true;
  }

  /** What existing worlds need is as it was before, or as they would be generated now. */
  async expectOthersKept(before: Files, after: Files): Promise<void> {
    for (const [key, each] of this.generated) {
      if (!this.exists(each)) {
        this.generated.delete(key);
        continue;
      }
      let fresh: Files | undefined;
      for (const name of each.files.keys()) {
        if (after.get(name) === before.get(name) && after.has(name)) continue;
        fresh ??= await this.fresh(each.file, each.world, each.side);
        // A file that the world does not need any more stays for its old file, and may change with another world.
        expect(after.get(name), `${key}: ${name}`).toBe(fresh.get(name) ?? after.get(name) ?? 'a file');
      }
    }
    for (const [file, content] of Object.entries(FOREIGN)) expect(await this.here.read(file)).toBe(content);
  }

  /** Returns true if the package still has a world. */
  exists({ file, world }: Generated): boolean {
    const pkg = this.repository.packages.find((each) => each.file === file);
    return pkg?.worlds.some(({ name }) => name === world) ?? false;
  }

  /** The files of a world in an empty directory. */
  async fresh(file: string, world: string, side: string): Promise<Files> {
    this.#fresh += 1;
    const out = `fresh${this.#fresh}`;
    const { code, err } = await this.here.run(`gen ${file} -w ${world} ${side} -o ${out}`);
    expect({ code, err }).toMatchObject({ code: 0 });
    const files = await this.files(out);
    await rm(path.join(this.here.path, out), { recursive: true });
    return files;
  }

  async files(directory: string): Promise<Files> {
    const root = path.join(this.here.path, directory);
    await mkdir(root, { recursive: true });
    const entries = await readdir(root, { recursive: true, withFileTypes: true });
    const names = entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('mine') && entry.name.endsWith('.ts'))
      .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
    return new Map(
      await Promise.all(
        names.map(async (name) => [name, await readFile(path.join(root, name), 'utf8')] as const),
      ),
    );
  }

  /** Generates everything again, and removes what clashes by hand. Then nothing stale is left. */
  async settle(): Promise<Files> {
    for (let changed = true; changed;) {
      changed = false;
      for (const [key, each] of this.generated) {
        const pkg = this.repository.packages.find(({ file }) => file === each.file)!;
        if (this.exists(each) && (await this.generate(pkg, [each.world], each.side))) continue;
        const root = [...each.files.keys()].find((name) => !name.includes('/'))!;
        // The next run of any world takes away the other files.
        if (this.exists(each)) await rm(path.join(this.here.path, 'out', root), { force: true });
        this.generated.delete(key);
        changed = true;
      }
    }
    for (const pkg of this.repository.packages) {
      if ([...this.generated.values()].some(({ file }) => file === pkg.file)) continue;
      await rm(path.join(this.here.path, pkg.file));
    }
    const wanted = new Map<string, string>();
    for (const each of this.generated.values()) {
      const options = `gen ${each.file} -w ${each.world} ${each.side} -o out`;
      expect(await this.here.run(options)).toMatchObject({ code: 0 });
      expect(await this.here.run(`${options} --check`)).toMatchObject({ code: 0, out: '' });
      for (const [name, content] of await this.fresh(each.file, each.world, each.side))
        wanted.set(name, content);
    }
    const files = await this.files('out');
    const message = `${this.log.join('\n')}\n${await this.here.read('out/.wit-ts-files')}`;
    if (this.generated.size > 0)
      expect(Object.fromEntries(files), message).toEqual(Object.fromEntries(wanted));
    return files;
  }
}

const SEED = 20_261_129;
const HISTORIES = Number(process.env['HISTORIES'] ?? 12);
const STEPS = 14;

describe('an output directory over random histories of a repository', () => {
  it('has what its worlds need, nothing stale, and nothing foreign that changed', async () => {
    const final: SourceText[] = [];
    let refusals = 0;
    let runs = 0;
    for (let index = 0; index < HISTORIES; index += 1) {
      const history = new History(await testDirectory(), SEED + index);
      await history.start();
      for (let step = 0; step < STEPS; step += 1) {
        const { random, repository } = history;
        if (random.oneIn(3)) {
          await history.write(repository.change());
          continue;
        }
        const pkg = random.pick(repository.packages);
        const names = [...new Set(pkg.worlds.map(({ name }) => name))];
        const some = names.filter(() => random.oneIn(2));
        await history.generate(pkg, some.length === 0 ? names : some, random.oneIn(4) ? '--guest' : '');
        runs += 1;
      }
      for (const [name, content] of await history.settle())
        if (!name.endsWith('.d.ts')) final.push({ path: `${index}/${name}`, content });
      refusals += history.refusals;
    }
    expect(
      await compileStrictly(final, { target: 'es2022', lib: ['es2022', 'esnext.disposable', 'dom'] }),
    ).toEqual([]);
    // Clashes are tried too, and are not the rule.
    expect(refusals).toBeGreaterThan(0);
    expect(refusals).toBeLessThan(runs / 2);
  }, 300_000);
});
