import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importsOf, leavesSource, packageOf, reachable, unusedDependencies } from './arrows.ts';
import { exportedNames, sharedNames, typeScriptFiles, unusedExports } from './exports.ts';
import { root, rootManifest, sourceFiles, workspacePackages } from '@wit-ts/dev-support/workspace';

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
  ['@wit-ts/concurrency', ['@wit-ts/abi', '@wit-ts/component']],
  ['@wit-ts/runtime', ['@wit-ts/plan', '@wit-ts/abi', '@wit-ts/concurrency', '@wit-ts/mapping']],
  ['@wit-ts/bindgen', ['@wit-ts/model', '@wit-ts/mapping']],
  ['@wit-ts/check', ['@wit-ts/model', '@wit-ts/diagnostics']],
  [
    '@wit-ts/transpile',
    ['@wit-ts/runtime', '@wit-ts/plan', '@wit-ts/abi', '@wit-ts/mapping', '@wit-ts/bindgen', '@wit-ts/wasi'],
  ],
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
  '@wit-ts/concurrency',
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

/** Names that two files export, and why each is right in both. */
const SHARED_NAMES: ReadonlyMap<string, string> = new Map([
  ['Component', 'the decoded component, and the compiled one that users of the runtime hold'],
  ['Definition', 'the parts of two public syntax trees, each named as its grammar does'],
  ['Descriptor', 'what all versions of WASI open, and the resource of `wasi:filesystem/types`'],
  ['ErrorContext', 'the class, and its declaration for hosts that do not load it'],
  ['Fields', 'the members of a JSON object, and the resource of `wasi:http/types`'],
  ['Limits', 'the limits of a memory in `Binary.md`, and the limits that a user of the runtime sets'],
  ['OutputStream', 'where the command line prints, and the resource of `wasi:io/streams`'],
  ['RESULT', 'a name in emitted code, and the token of the keyword `result`'],
  ['check', 'the function, and the command that calls it'],
  ['diff', 'the function, and the command that calls it'],
  ...['group', 'hardline', 'indent', 'line', 'softline'].map(
    (name) => [name, 'a part of documents as prettier has them, for WIT and for generated code'] as const,
  ),
  [
    'keywords',
    'one list, repeated so that printing a name does not load the parser; a test compares the two',
  ],
  ['platform', 'what Node and browsers give to a host of WASI; a condition of `package.json` chooses'],
  ['run', 'the function, and the command that calls it'],
  ['serve', 'the function, and the command that calls it'],
  ['transpile', 'the function, and the command that calls it'],
  ['validate', 'the function, and the command that calls it'],
  ['wasi', 'the function that makes the imports, and the suite of conformance tests'],
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

  it('depends only on packages that it may depend on', () => {
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
  it('has no dependency outside of the workspace', () => {
    const { dependencies = {}, peerDependencies = {} } = each.manifest;
    const others = [...Object.keys(dependencies), ...Object.keys(peerDependencies)];
    expect(others.filter((other) => !RUNNING.has(other))).toEqual([]);
  });

  it('imports no module of Node', () => {
    expect(importsOf(each).filter(({ specifier }) => specifier.startsWith('node:'))).toEqual([]);
  });
});

it('lists the dependencies of every published package, but of those that may use everything', () => {
  const everything = packages
    .filter(({ manifest }) => manifest.private !== true && !ARROWS.has(manifest.name))
    .map(({ manifest }) => manifest.name);
  expect(everything.filter((name) => name.startsWith('@wit-ts/'))).toEqual([]);
});

it('allows no package to depend on itself through others', () => {
  expect([...ARROWS.keys()].filter((name) => reachable(ARROWS, name).has(name))).toEqual([]);
});

describe('an exported name', () => {
  const files = ['grammars', 'packages', 'test-components'].flatMap((folder) =>
    typeScriptFiles(root, folder),
  );
  const declared = files
    .filter(({ path }) => path.includes('/src/') && !path.startsWith('packages/bindgen/src/fixtures/'))
    .filter(({ path }) => !/\.test(?:-d)?\.ts$/u.test(path) && path !== 'grammars/wit/src/cst.ts')
    .flatMap(exportedNames);

  it('stands for one idea: two files export only the names in the list, each with a reason', () => {
    const own = declared.filter(({ path }) => !path.includes('/fixtures/'));
    const shared = sharedNames(own);
    expect([...shared].filter(([name]) => !SHARED_NAMES.has(name))).toEqual([]);
    expect([...SHARED_NAMES.keys()].filter((name) => !shared.has(name))).toEqual([]);
  });

  it('is used by another file, or reached through a package.json', () => {
    expect(unusedExports(root, packages, declared, files)).toEqual([]);
  });

  it('is found in declarations of all kinds', () => {
    const text = [
      'export type A = B;',
      'export interface B {}',
      'export abstract class C {}',
      'export async function d() {}',
      'export function* e() {}',
      'export const f = 1;',
      'function g() {}',
      "export { h } from './h.ts';",
    ].join('\n');
    expect(
      exportedNames({ path: 'packages/a/src/a.ts', text }).map(({ name, space }) => `${name} ${space}`),
    ).toEqual(['A type', 'B type', 'C both', 'd value', 'e value', 'f value']);
  });

  it.each([
    ['packages/one/src/a.ts', 'type', 'packages/two/src/a.ts', 'type', 1],
    ['packages/one/src/a.ts', 'value', 'packages/two/src/a.ts', 'value', 1],
    ['packages/one/src/a.ts', 'both', 'packages/two/src/a.ts', 'type', 1],
    ['packages/one/src/a.ts', 'type', 'packages/two/src/a.ts', 'value', 0],
    ['packages/one/src/a.ts', 'type', 'packages/one/src/b.ts', 'type', 1],
    ['packages/one/src/a.ts', 'value', 'packages/one/src/b.ts', 'type', 0],
  ] as const)(
    'is compared with types or values of other files: %s %s, %s %s',
    (one, left, two, right, count) => {
      const shared = sharedNames([
        { name: 'a', path: one, space: left },
        { name: 'a', path: two, space: right },
      ]);
      expect([...shared]).toEqual(count === 0 ? [] : [['a', [one, two]]]);
    },
  );

  it('is used by imports of every form', () => {
    const exported = ['a', 'b', 'c', 'd', 'e', 'unused'].map((name) => ({
      path: 'packages/x/src/x.ts',
      name,
      space: 'value' as const,
    }));
    const importing = [
      "import { a, type b as other } from './x.ts';",
      "import * as x from './x.ts';\nx.c();",
      "const { d } = await import('./x.ts');",
      "export {\n  e,\n} from './x.ts';",
    ].map((text, index) => ({ path: `packages/x/src/${index}.ts`, text }));
    expect(unusedExports(root, [], exported, importing)).toEqual(['packages/x/src/x.ts: unused']);
    const loading = { path: 'packages/x/src/y.ts', text: "run(new URL('./x.ts', import.meta.url));" };
    expect(unusedExports(root, [], exported, [loading])).toEqual([]);
  });
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
