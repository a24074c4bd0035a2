import { readFile } from 'node:fs/promises';
import { resolveOrThrow, selectWorld } from '@wit-ts/wit';
import { expect, it } from 'vitest';
import type { WitInput } from '../read-input.ts';
import { reportOn } from './built-component-report.ts';

const folder = new URL('../../../../test-components/http-files/', import.meta.url);
const [bytes, text] = await Promise.all([
  readFile(new URL('built/c.wasm', folder)),
  readFile(new URL('wit/world.wit', folder), 'utf8'),
]);

/** Compares the component with a world that has other items than its own. */
function reported(items: string): ReturnType<typeof reportOn> {
  const changed = text.replace(/world http-files \{[^}]*\}/u, `world http-files { ${items} }`);
  const { resolve, package: main } = resolveOrThrow(changed);
  const { value: world } = selectWorld(resolve, main!, 'http-files');
  const input: WitInput = { tag: 'wit', resolve, package: main!, diagnostics: [] };
  return reportOn(bytes, input, world!);
}

it('tolerates imports of WASI that a world does not name, if it names something of WASI', () => {
  const { report, engineImports } = reported('export wasi:http/incoming-handler@0.2.12;');
  expect(report).toMatchObject({ satisfied: true, reasons: [] });
  expect(engineImports).toContain('wasi:cli/environment@0.2.12');
  expect(engineImports).toContain('wasi:filesystem/preopens@0.2.12');
});

it('tolerates no import of WASI for a world that names none', () => {
  const { report, engineImports } = reported('export run: func();');
  expect(report.satisfied).toBe(false);
  expect(report.reasons.map(({ code }) => code)).toContain('import-not-offered');
  expect(engineImports).toEqual([]);
});

it('reports everything else', () => {
  const { report } = reported('export wasi:http/incoming-handler@0.2.12; export run: func();');
  expect(report.satisfied).toBe(false);
  expect(report.reasons.map(({ code }) => code)).toEqual(['export-missing']);
});
