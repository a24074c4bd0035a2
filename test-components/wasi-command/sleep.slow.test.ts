import { readFile } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { peer, peerPath, peersInstalled } from '@wit-ts/dev-peers';
import { compile, instantiate, type InstantiateOptions } from '@wit-ts/runtime';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { inTestComponents } from '../building/paths.ts';

interface Command {
  readonly run: { run(): unknown };
}

/** The part of preview2-shim for browsers. It needs nothing of a browser that Node does not have, too. */
interface BrowserShim extends Record<string, unknown> {
  readonly cli: { _setArgs(args: readonly string[]): void };
}

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';

/** Instantiates the command with imports that wait by promises. */
async function command(options: InstantiateOptions): Promise<Command> {
  const path = peerPath('@bytecodealliance/preview2-shim/dist/browser/index.js');
  const shim = (await import(pathToFileURL(path).href)) as BrowserShim;
  shim.cli._setArgs(['sleep', '20']);
  const { WASIShim } = await peer('preview2-shim/instantiation');
  const component = await compile(await readFile(inTestComponents('wasi-command/built/sleep.wasm')));
  return instantiate<Command>(component, new WASIShim({ ...shim }).getImportObject(), options);
}

describe.skipIf(absent)(`a command that sleeps, with preview2-shim for browsers${why}`, () => {
  const printed: string[] = [];

  beforeEach(() => {
    printed.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: unknown) => void printed.push(String(text)));
  });
  afterEach(() => vi.restoreAllMocks());

  it.each<InstantiateOptions>([{ suspend: true }, { suspend: ['wasi:io/poll'] }, { suspend: ['poll'] }])(
    'waits for the promises of `wasi:io/poll`: %j',
    async (options) => {
      const { run } = await command(options);
      await expect(Promise.resolve(run.run())).resolves.toBeUndefined();
      expect(printed.join('')).toContain('slept: long enough');
    },
  );

  it('is refused a promise without the option, by an error that names the function and the option', async () => {
    const { run } = await command({});
    expect(() => run.run()).toThrow(
      /wasi:io\/poll@0\.2\.\d+#poll: .*`suspend: \['wasi:io\/poll@0\.2\.\d+#poll'\]`/u,
    );
  });
});
