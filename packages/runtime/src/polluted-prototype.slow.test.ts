import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { engines } from './fixtures/faults-guests.ts';

const packages = fileURLToPath(new URL('../../', import.meta.url));
const script = fileURLToPath(new URL('fixtures/polluted-prototype.ts', import.meta.url));

/** Returns the names of all optional properties in a package: whoever reads one finds what a prototype has. */
function optionalProperties(folder: string): readonly string[] {
  const sources = join(packages, folder, 'src');
  return readdirSync(sources, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !file.includes('fixtures'))
    .flatMap((file) => [...readFileSync(join(sources, file), 'utf8').matchAll(/\b(\w+)\?:/gu)])
    .map(([, name]) => name!);
}

const chain = ['model', 'mapping', 'component', 'abi', 'plan', 'runtime'];
const names = [...new Set(['get', 'set', ...chain.flatMap(optionalProperties)])];

describe.each(engines)('a program that adds a property to `Object.prototype` (%s)', (engine) => {
  it('changes nothing for a component, whatever the name of the property', async () => {
    expect(names).toEqual(
      expect.arrayContaining(['limits', 'trace', 'engine', 'memory', 'postReturn', 'result']),
    );
    const run = promisify(execFile);
    const args = ['--conditions=@wit-ts/source', script, String(engine), ...names];
    const { stdout } = await run(process.execPath, args);
    expect(JSON.parse(stdout)).toEqual({});
  });
});
