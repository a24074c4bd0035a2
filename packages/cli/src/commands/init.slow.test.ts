import { execFile } from 'node:child_process';
import { mkdir, symlink } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { root } from '@wit-ts/dev-support/workspace';
import { expect, it } from 'vitest';
import { testDirectory } from '../fixtures/test-directory.ts';

const run = promisify(execFile);

/** What `npm install` would put into the project, and where it is in this checkout. */
const PACKAGES: Readonly<Record<string, string>> = {
  '@bytecodealliance/componentize-js': peerPath('@bytecodealliance/componentize-js'),
  '@types/node': path.join(root, 'node_modules/@types/node'),
  '@wit-ts/runtime': path.join(root, 'packages/runtime'),
  typescript: path.join(root, 'node_modules/typescript'),
};

const why = peersInstalled() ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

it.skipIf(!peersInstalled())(
  `a new project builds its component, and runs it${why}`,
  async () => {
    const here = await testDirectory();
    // Another name than that of the directory, and a name that the world's interface would have.
    expect((await here.run('init app --world acme:tools/log')).code).toBe(0);
    const project = path.join(here.path, 'app');
    for (const [name, target] of Object.entries(PACKAGES)) {
      const link = path.join(project, 'node_modules', name);
      await mkdir(path.dirname(link), { recursive: true });
      await symlink(target, link);
    }
    const node = async (...args: string[]): Promise<string> =>
      (await run(process.execPath, ['--conditions=@wit-ts/source', ...args], { cwd: project })).stdout;
    const { scripts } = JSON.parse(await here.read('app/package.json')) as {
      scripts: Record<string, string>;
    };
    const script = async (name: string): Promise<void> => {
      for (const command of scripts[name]!.split(' && ')) {
        const [program, ...args] = command.split(' ');
        if (program === 'wit-ts') await node(path.join(root, 'packages/cli/src/bin.ts'), ...args);
        // The step `installs` of `pnpm check` compiles it against the built runtime: sources need other options.
        else if (program !== 'tsc') throw new Error(`unknown program: ${command}`);
      }
    };
    await script('build');
    await script('check');
    expect(scripts['start']).toBe('node host.ts');
    expect(await node('host.ts')).toBe('log: greeting Ada\nHello, Ada!\nrefused: no name\n');
  },
  120_000,
);
