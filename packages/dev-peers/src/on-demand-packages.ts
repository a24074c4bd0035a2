import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { installFrozen } from './install-frozen.ts';

/** After this many milliseconds a lock counts as left behind by a process that was stopped. */
const LOCK_TIMEOUT = 5 * 60_000;

/** The packages in the lockfile of a folder of `packages/dev-peers`, which are installed when they are first needed. */
export class OnDemandPackages {
  /** The absolute path of the folder. */
  readonly directory: string;
  readonly #folder: string;
  readonly #what: string;
  readonly #stamp: string;
  readonly #lock: string;

  /**
   * @param folder its name
   * @param what what is downloaded, for the line that says so: `CRuby (30 MB)`
   */
  constructor(folder: string, what: string) {
    this.directory = fileURLToPath(new URL(`../${folder}/`, import.meta.url));
    this.#folder = `packages/dev-peers/${folder}`;
    this.#what = what;
    this.#stamp = join(this.directory, 'node_modules', '.installed-for');
    this.#lock = join(this.directory, '.installing');
  }

  /**
   * Returns true when the packages are installed at the versions in their lockfile, so that using one does not need the
   * network.
   */
  get areInstalled(): boolean {
    try {
      return readFileSync(this.#stamp, 'utf8') === this.#lockfileHash();
    } catch {
      return false;
    }
  }

  /** Returns the absolute path of a file in `node_modules`, which need not be there. */
  path(file: string): string {
    return join(this.directory, 'node_modules', file);
  }

  /**
   * Installs the packages if they are missing, from the npm registry, and prints one line to standard error before.
   * Only one process installs; other processes wait for it.
   *
   * Throws an Error with the output of pnpm when the installation fails.
   */
  async install(): Promise<void> {
    if (this.areInstalled) return;
    await this.#withLock(async () => {
      if (this.areInstalled) return;
      process.stderr.write(`Installing ${this.#what} into ${this.#folder}, only this time …\n`);
      const { code, output } = await installFrozen(this.directory);
      if (code !== 0) {
        throw new Error(
          `cannot install what is in ${this.#folder}; check the network and the npm registry, or run ` +
            `\`npx -y pnpm@12 install --frozen-lockfile\` in that directory to see why:\n${output.trim()}`,
        );
      }
      await writeFile(this.#stamp, this.#lockfileHash());
    });
  }

  #lockfileHash(): string {
    return createHash('sha256')
      .update(readFileSync(join(this.directory, 'pnpm-lock.yaml')))
      .digest('hex');
  }

  async #withLock(work: () => Promise<void>): Promise<void> {
    for (;;) {
      try {
        await mkdir(this.#lock);
        break;
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      }
      const held = await stat(this.#lock).then(
        (found) => Date.now() - found.mtimeMs,
        () => 0,
      );
      if (held > LOCK_TIMEOUT) await rm(this.#lock, { recursive: true, force: true });
      else await sleep(200);
      if (this.areInstalled) return;
    }
    try {
      await work();
    } finally {
      await rm(this.#lock, { recursive: true, force: true });
    }
  }
}
