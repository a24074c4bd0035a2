import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { installPeers } from '@wit-ts/dev-peers';
import type { CaseResult, ConformanceSuite, SuiteOptions } from '../conformance-suite.ts';
import { collectFiles, displayPath } from '../paths.ts';
import { runWasiCase } from '../wasi/run-wasi-case.ts';

/**
 * Runs folders in the format of WebAssembly/wasi-testsuite: a case is a component or a core module of preview 1, with
 * what it needs and what it must do in a JSON file of the same name. Each guest runs in a process, as users run it:
 * `wit-ts run` or `wit-ts serve`.
 */
export const wasi: ConformanceSuite = {
  name: 'wasi',
  async *run({ paths, host = 'wit-ts' }: SuiteOptions): AsyncIterable<CaseResult> {
    if (paths.length === 0) {
      yield skipped('no folder is named, and ../shared contains no tests of WASI');
      return;
    }
    const files = await collectFiles(paths, [], '.wasm');
    const unavailable = host === 'preview3-shim' ? await problemWithPeers() : undefined;
    if (unavailable !== undefined) {
      yield skipped(`the host, preview3-shim, is not installed: ${unavailable}`);
      return;
    }
    for (const file of files) {
      const reason =
        host === 'wit-ts' || (await isComponent(file))
          ? await runWasiCase(file, host)
          : 'preview3-shim runs no core modules of preview 1';
      yield {
        file: displayPath(file),
        name: basename(file, '.wasm'),
        status: reason === undefined ? 'passed' : 'failed',
        ...(reason === undefined ? {} : { reason }),
      };
    }
  },
};

function problemWithPeers(): Promise<string | undefined> {
  return installPeers().then(
    () => undefined,
    (error: unknown) => String(error),
  );
}

function skipped(reason: string): CaseResult {
  return { file: '', name: 'wasi', status: 'skipped', reason };
}

/** Reads the layer after the version: 1 in a component, 0 in a core module (`Binary.md`, "Component Definitions"). */
async function isComponent(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return bytesRead === 8 && buffer.readUInt16LE(6) === 1;
  } finally {
    await file.close();
  }
}
