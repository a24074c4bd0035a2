import { describe, expect, it } from 'vitest';
import { conformance, scratchFiles } from './fixtures/process.ts';

const file = scratchFiles();

describe('pnpm conformance', () => {
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
    [['decode', '--engine', 'compiled'], '`--engine` can be used only with `wast`'],
    [['decode', '--host', 'wit-ts'], '`--host` can be used only with `wasi`'],
    [['wasi', '--host', 'node'], '`--host` takes wit-ts or preview3-shim, not `node`'],
    [['wast', '--engine', 'fast'], '`--engine` takes compiled, reference, static, not `fast`'],
    [['wast', '--unknown'], "Unknown option '--unknown'"],
  ])('exits with 2 for %j', async (args, message) => {
    const { code, stderr } = await conformance(...args);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr).toContain('Usage: pnpm conformance SUITE');
  });

  it('exits with 2 when the imports module is not usable', async () => {
    const module = await file('imports.mjs', 'export default 5;');
    const { code, stderr } = await conformance('wast', module, '--imports', module);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'the default export of the `--imports` module is not an object\n',
    });
  });
});
