import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNodeDirectory } from '../files/node/open-node-directory.ts';
import { hostFolders } from '../fixtures/host-folders.ts';
import type { DirectoryGrant } from '../grants.ts';
import { makeSystem } from './make-system.ts';
import type { System } from './system.ts';

const newFolder = hostFolders();
const paths = (system: System): string[] => system.preopens.map(({ path }) => path);

describe('granted directories', () => {
  it('are opened in the order of the grants, each with its rights', () => {
    const host = newFolder();
    mkdirSync(join(host, 'in'));
    const system = makeSystem({
      dirs: [
        { host, guest: '/data/', write: true },
        { host: join(host, 'in'), guest: '/./in' },
      ],
    });
    const mayMutate = system.preopens.map(({ directory }) => 'mayMutate' in directory && directory.mayMutate);
    expect([paths(system), mayMutate]).toEqual([
      ['/data', '/in'],
      [true, false],
    ]);
    system.close();
  });

  it('may be given open, to several instances, each of which closes its own', () => {
    const host = newFolder();
    writeFileSync(join(host, 'a'), 'text');
    const grants = { dirs: [{ host: openNodeDirectory(host), guest: '/' }] };
    const [one, other] = [makeSystem(grants), makeSystem(grants)];
    one.close();
    const [root] = other.preopens;
    expect(root?.directory.kind === 'directory' && root.directory.statAt('a', false).size).toBe(4n);
    other.close();
    grants.dirs[0]?.host.close();
  });

  it('come before a `/` that refuses everything, if somebody wants to hear of refusals', () => {
    const dirs: DirectoryGrant[] = [{ host: newFolder(), guest: '/data' }];
    expect(paths(makeSystem({ dirs }))).toEqual(['/data']);
    expect(paths(makeSystem({ dirs, onRefused: () => undefined }))).toEqual(['/data', '/']);
    const root: DirectoryGrant[] = [{ host: newFolder(), guest: '/' }];
    expect(paths(makeSystem({ dirs: root, onRefused: () => undefined }))).toEqual(['/']);
  });

  it('are refused when they cannot be opened, or have the path of another', async () => {
    const host = newFolder();
    const missing = { host: join(host, 'missing'), guest: '/b' };
    const dirs = [{ host, guest: '/a' }];
    expect(() => makeSystem({ dirs: [...dirs, missing] })).toThrow(
      `grants.dirs[1].host: cannot open ${JSON.stringify(missing.host)}: `,
    );
    expect(() => makeSystem({ dirs: [...dirs, { host, guest: '/a/.' }] })).toThrow(
      new TypeError('grants.dirs[1].guest: another directory has the path "/a" already'),
    );
    const { platform } = await import('../web-platform.ts');
    expect(() => makeSystem({ dirs }, platform)).toThrow(
      'grants.dirs[0].host: this platform has no directories; give one in memory',
    );
  });
});
