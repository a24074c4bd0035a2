import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SuiteReport } from './conformance-suite.ts';

const main = fileURLToPath(new URL('main.ts', import.meta.url));
let directory = '';

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'wit-ts-conformance-test-'));
});

afterAll(async () => {
  await rm(directory, { recursive: true, force: true });
});

async function file(name: string, content: string): Promise<string> {
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

function conformance(...args: readonly string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  return new Promise((done) => {
    const child = execFile(
      process.execPath,
      ['--conditions=@wit-ts/source', main, ...args],
      (_, stdout, stderr) => done({ code: child.exitCode ?? -1, stdout, stderr }),
    );
  });
}

describe('pnpm conformance', () => {
  it('prints each failure with its reason, writes the results as JSON, and exits with 1', async () => {
    const script = await file(
      'script.wast',
      String.raw`(component binary "\00asm\0d\00\01\00")
(assert_malformed (component binary "\00asm\0d\00\01\00") "not so")
(component binary)`,
    );
    const json = join(directory, 'report.json');
    const { code, stdout } = await conformance('wast', script, '--json', json);
    expect(code).toBe(1);
    const lines = stdout.trimEnd().split('\n');
    expect(lines).toHaveLength(3);
    expect(lines[0]).toMatch(
      /^FAIL .*script\.wast:2 assert_malformed \(component binary\): expected the component to be rejected \(not so\), but no error was thrown$/u,
    );
    expect(lines[1]).toMatch(/^FAIL .*script\.wast:3 component binary: DecodeError: /u);
    expect(lines[2]).toBe('wast: 1 passed, 2 failed, 0 skipped');
    const report = JSON.parse(await readFile(json, 'utf8')) as SuiteReport;
    expect(report).toMatchObject({ suite: 'wast', passed: 1, failed: 2, skipped: 0 });
    expect(report.cases.map(({ line, status }) => [line, status])).toEqual([
      [1, 'passed'],
      [2, 'failed'],
      [3, 'failed'],
    ]);
  });

  it('exits with 0 when all cases pass', async () => {
    const script = await file('fine.wast', String.raw`(component binary "\00asm\0d\00\01\00")`);
    expect(await conformance('wast', script)).toMatchObject({
      code: 0,
      stdout: 'wast: 1 passed, 0 failed, 0 skipped\n',
    });
  });

  it('fails for a file that is not a script', async () => {
    const script = await file('broken.wast', '(component\n(');
    const { code, stdout } = await conformance('wast', script);
    expect(code).toBe(1);
    expect(stdout).toContain('broken.wast:2 script: unmatched `(`');
  });

  it.each([
    [[], 'name a suite to run'],
    [['nope'], 'no suite is named `nope`'],
    [['wast', '/no/such/path'], '`/no/such/path` does not exist'],
    [['all', '.'], '`all` takes no paths'],
    [['decode', '--imports', '.'], '`--imports` can be used only with `wast`'],
    [['wast', '--unknown'], "Unknown option '--unknown'"],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr } = await conformance(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: pnpm conformance SUITE');
  });

  it('exits with 2 when the imports module is not usable', async () => {
    const module = await file('imports.mjs', 'export default 5;');
    const { code, stderr } = await conformance('wast', directory, '--imports', module);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'the default export of the `--imports` module is not an object\n',
    });
  });
});
