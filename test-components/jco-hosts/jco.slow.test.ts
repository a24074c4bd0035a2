import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { inTestComponents } from '../building/paths.ts';
import { jcoHosts } from './hosts.ts';

const run = promisify(execFile);
const reason = peersInstalled()
  ? 'promising' in WebAssembly
    ? undefined
    : 'this platform cannot suspend WebAssembly'
  : 'packages/dev-peers/tools is not installed';

describe.skipIf(reason !== undefined)(
  `hosts with jco${reason === undefined ? '' : ` (skipped: ${reason})`}`,
  () => {
    it('see what the hosts say that they see', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'wit-ts-jco-hosts-'));
      try {
        const program = inTestComponents('jco-hosts/run-with-jco.ts');
        const { stdout } = await run(process.execPath, ['--conditions=@wit-ts/source', program, directory]);
        const seen: unknown[] = stdout
          .trimEnd()
          .split('\n')
          .map((line): unknown => JSON.parse(line));
        expect(seen).toEqual(jcoHosts.map(({ name, sees }) => [name, sees]));
      } finally {
        await rm(directory, { recursive: true, force: true });
      }
    }, 60_000);
  },
);
