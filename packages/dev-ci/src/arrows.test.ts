import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, leavesSource, packageOf, reachable, unusedDependencies } from './arrows.ts';
import { rootManifest, sourceFiles, workspacePackages } from '@wit-ts/dev-support/workspace';

/** The arrows of `docs/architecture.md`. A package may use what it can reach. */
const ARROWS: ReadonlyMap<string, readonly string[]> = new Map([
  ['@wit-ts/grammar', []],
  ['@wit-ts/diagnostics', []],
  ['@wit-ts/model', []],
  ['@wit-ts/wit', ['@wit-ts/grammar', '@wit-ts/diagnostics', '@wit-ts/model']],
  ['@wit-ts/component', ['@wit-ts/model', '@wit-ts/diagnostics']],
  ['@wit-ts/mapping', ['@wit-ts/model']],
  ['@wit-ts/abi', ['@wit-ts/model', '@wit-ts/mapping']],
  ['@wit-ts/plan', ['@wit-ts/component', '@wit-ts/abi']],
  ['@wit-ts/runtime', ['@wit-ts/plan', '@wit-ts/abi', '@wit-ts/mapping']],
  ['@wit-ts/bindgen', ['@wit-ts/model', '@wit-ts/mapping']],
  ['@wit-ts/check', ['@wit-ts/model', '@wit-ts/diagnostics']],
  ['@wit-ts/wasi', ['@wit-ts/runtime']],
]);

/** Runs in browsers, workers and on edge platforms. */
const RUNNING: ReadonlySet<string> = new Set([
  '@wit-ts/diagnostics',
  '@wit-ts/model',
  '@wit-ts/mapping',
  '@wit-ts/component',
  '@wit-ts/abi',
  '@wit-ts/plan',
  '@wit-ts/runtime',
]);

/** Run in the checkout only, so that they may use its tools. */
const SCRIPTS = new Set(['src/generate.ts']);

/** Packages that are used by their commands. */
const COMMANDS = new Set(['@arethetypeswrong/cli', 'publint']);

const LONGEST_FILE = 400;
/** Files that are longer, and why they are not split. */
const LONG_FILES: ReadonlyMap<string, string> = new Map([
  ['@wit-ts/grammar/src/cst.ts', 'chevrotain writes it from the rules'],
]);

const packages = workspacePackages();
const names = new Set(packages.map(({ manifest }) => manifest.name));

describe.each(packages.map((each) => [each.manifest.name, each] as const))('%s', (name, each) => {
  const imports = importsOf(each);
  const declared = new Set([
    ...Object.keys(each.manifest.dependencies ?? {}),
    ...Object.keys(each.manifest.peerDependencies ?? {}),
  ]);

  const tools = new Set([
    ...Object.keys(each.manifest.devDependencies ?? {}),
    ...Object.keys(rootManifest.devDependencies ?? {}),
  ]);

  it('follows the arrows', () => {
    const allowed = ARROWS.has(name) ? reachable(ARROWS, name) : names;
    const used = [...declared, ...imports.map(({ specifier }) => packageOf(specifier) ?? name)];
    const wrong = used.filter((other) => names.has(other) && other !== name && !allowed.has(other));
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('declares what it imports', () => {
    const undeclared = imports.filter(({ file, specifier }) => {
      const other = packageOf(specifier);
      if (other === undefined || other === name || declared.has(other)) return false;
      return !(each.manifest.private === true || SCRIPTS.has(file)) || !tools.has(other);
    });
    expect(undeclared).toEqual([]);
  });

  it('uses what it declares', () => {
    expect(unusedDependencies(each).filter((other) => !COMMANDS.has(other))).toEqual([]);
  });

  it('imports other packages by their names', () => {
    expect(imports.filter(leavesSource)).toEqual([]);
  });

  it(`has no file of more than ${LONGEST_FILE} lines`, () => {
    const long = sourceFiles(each.directory).flatMap((file) => {
      const lines = readFileSync(join(each.directory, file), 'utf8').trimEnd().split('\n').length;
      return lines > LONGEST_FILE && !LONG_FILES.has(`${name}/${file}`) ? [`${file}: ${lines} lines`] : [];
    });
    expect(long).toEqual([]);
  });

  it('silences no error of the compiler', () => {
    const silenced = sourceFiles(each.directory).filter((file) =>
      /^\s*(?:\/\/|\/\*)\s*@ts-(?:ignore|nocheck|expect-error)/mu.test(
        readFileSync(join(each.directory, file), 'utf8'),
      ),
    );
    expect(silenced.filter((file) => !file.endsWith('.test-d.ts'))).toEqual([]);
  });
});

describe.each(
  packages
    .filter(({ manifest }) => RUNNING.has(manifest.name))
    .map((each) => [each.manifest.name, each] as const),
)('%s, which runs anywhere', (_, each) => {
  it('has no dependency outside the house', () => {
    const { dependencies = {}, peerDependencies = {} } = each.manifest;
    const others = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    expect(others.filter((other) => !RUNNING.has(other))).toEqual([]);
  });

  it('needs nothing of Node', () => {
    expect(importsOf(each).filter(({ specifier }) => specifier.startsWith('node:'))).toEqual([]);
  });
});

it('knows the arrows of every published package, or lets it use everything', () => {
  const everything = packages
    .filter(({ manifest }) => manifest.private !== true && !ARROWS.has(manifest.name))
    .map(({ manifest }) => manifest.name);
  expect(everything.filter((name) => name.startsWith('@wit-ts/'))).toEqual([]);
});

it('draws no arrow in a circle', () => {
  expect([...ARROWS.keys()].filter((name) => reachable(ARROWS, name).has(name))).toEqual([]);
});

describe('packageOf', () => {
  it.each([
    ['@wit-ts/wit/node', '@wit-ts/wit'],
    ['chevrotain', 'chevrotain'],
    ['prettier/doc', 'prettier'],
    ['./a.ts', undefined],
    ['node:fs', undefined],
  ])('%s → %s', (specifier, name) => {
    expect(packageOf(specifier)).toBe(name);
  });
});
