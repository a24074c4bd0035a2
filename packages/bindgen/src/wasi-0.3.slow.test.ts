import { peersInstalled } from '@wit-ts/dev-peers';
import { beforeAll, describe, expect, it } from 'vitest';
import { compilers, typeErrors, type Compiler } from './fixtures/type-check.ts';
import { shimInterfaces, shimProgram, wasiFiles } from './fixtures/wasi-0.3.ts';

const installed = peersInstalled();
const why = installed ? '' : ' (skipped: packages/dev-peers/tools is not installed)';

describe.skipIf(!installed).each(Object.keys(compilers) as Compiler[])(
  `WASI 0.3.0 under %s${why}`,
  (compiler) => {
    let errors: readonly string[];

    beforeAll(async () => {
      errors = await typeErrors(compiler, [...(await wasiFiles('host')), ...shimInterfaces.map(shimProgram)]);
    }, 120_000);

    it('compiles for hosts of commands and services', () => {
      expect(errors.filter((error) => !/^host\/\w+\/shim-/u.test(error))).toEqual([]);
    });

    it('compiles for guests', async () => {
      // The worlds of a package declare the same modules.
      const files = await wasiFiles('guest');
      expect(files.length).toBeGreaterThan(20);
      expect(await typeErrors(compiler, files, { asUsersDo: true })).toEqual([]);
    });

    it.each(shimInterfaces)('takes what preview3-shim declares for $name', (given) => {
      const { path } = shimProgram(given);
      expect(errors.filter((error) => error.startsWith(`${path}(`))).toEqual([]);
    });
  },
);
