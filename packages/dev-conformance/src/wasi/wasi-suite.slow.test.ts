import { dirname } from 'node:path';
import { writeFile } from 'node:fs/promises';
import { peersInstalled } from '@wit-ts/dev-peers';
import { describe, expect, it } from 'vitest';
import { assembleCachedWat } from '../assemble-wat.ts';
import { conformance, scratchFiles } from '../fixtures/process.ts';

const absent = !peersInstalled();
const why = absent ? ' (skipped: packages/dev-peers/tools is not installed)' : '';
const file = scratchFiles();

/** A command that runs the core code and returns its result: 0 is `ok`, 1 is `err`. */
const command = (code: string): string => `(component
  (import "wasi:cli/exit@0.3.0" (instance $exit (export "exit" (func (param "status" (result))))))
  (core func $exit (canon lower (func $exit "exit")))
  (core module $m
    (import "" "exit" (func $exit (param i32)))
    (func (export "run") (result i32) ${code}))
  (core instance $i (instantiate $m (with "" (instance (export "exit" (func $exit))))))
  (func $run async (result (result)) (canon lift (core func $i "run")))
  (instance $run (export "run" (func $run)))
  (export "wasi:cli/run@0.3.0" (instance $run)))`;

async function guest(name: string, wat: string, manifest?: object): Promise<string> {
  const path = await file(`${name}.wasm`, '');
  await writeFile(path, await assembleCachedWat(wat));
  if (manifest !== undefined) await file(`${name}.json`, JSON.stringify(manifest));
  return path;
}

describe.skipIf(absent)(`pnpm conformance wasi${why}`, () => {
  it('runs each command in a process, and compares how it ends with its manifest', async () => {
    const path = await guest('ends-well', command('i32.const 0'));
    await guest('ends-badly', command('i32.const 1'), { exit_code: 1 });
    await guest('exits', command('(call $exit (i32.const 1)) unreachable'), { exit_code: 1 });
    await guest('ends-with-another-code', command('i32.const 1'));
    await guest('traps', command('unreachable'), { exit_code: 134 });
    await guest('says-nothing', command('i32.const 0'), { stdout: 'hello' });
    await guest('has-a-broken-manifest', command('i32.const 0'), { operations: [{ type: 'fly' }] });
    await guest('is-a-core-module', '(module)');
    await guest('exports-nothing', '(component)');
    const { code, stdout } = await conformance('wasi', dirname(path));
    const failures = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.replace(/^FAIL \S+ /u, ''));
    expect(failures).toEqual([
      'ends-with-another-code: wait (operation 1): expected the exit code 0, got 1',
      'exports-nothing: wait (operation 1): Error: the component does not export `wasi:cli/run`',
      'has-a-broken-manifest: no operation is named "fly"',
      'is-a-core-module: a core module of preview 1, for which there is no host yet',
      'says-nothing: wait (operation 1): expected stdout to be "hello", got ""',
      expect.stringMatching(/^traps: wait \(operation 1\): Trap: wasm trap: unreachable/u),
      'wasi: 3 passed, 6 failed, 0 skipped',
    ]);
    expect(code).toBe(1);
  }, 120_000);

  it('runs with the reference engine', async () => {
    const path = await guest('reference', command('i32.const 0'));
    const { stdout } = await conformance('wasi', path, '--engine', 'reference');
    expect(stdout).toBe('wasi: 1 passed, 0 failed, 0 skipped\n');
  }, 60_000);
});

describe('pnpm conformance wasi without a folder', () => {
  it('says that nothing was run', async () => {
    const { code, stdout } = await conformance('wasi');
    expect(stdout).toContain('skip  wasi: no folder is named, and ../shared contains no tests of WASI');
    expect(stdout).toContain('wasi: 0 passed, 0 failed, 1 skipped');
    expect(code).toBe(0);
  }, 60_000);
});
