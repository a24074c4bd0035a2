import { describe, expect, it } from 'vitest';
import { DEFAULTS } from './generation-options.ts';
import { parseManifest, printManifest, type ManifestEntry } from './manifest.ts';

const DIRECTORY = '/project/generated';
const OPTIONS = { ...DEFAULTS, asyncExports: ['a:b/i#[method]r.m', 'run'] };

const MAIN: ManifestEntry = {
  side: 'host',
  world: 'a:b/main',
  input: '/project/my wit/a%20b\n.wit',
  options: {
    ...DEFAULTS,
    asyncImports: ['*'],
    importExtension: '.ts',
    features: ['x', 'y'],
    allFeatures: true,
  },
  config: '/project/wit-ts.config.ts',
  files: ['interfaces/a-b-i.ts', 'main.ts'],
};
const OTHER: ManifestEntry = {
  side: 'guest',
  world: 'c:d/other',
  input: '-',
  options: OPTIONS,
  files: ['other.d.ts'],
};

describe('a manifest', () => {
  it('is read as it was written, whatever is in the paths', () => {
    const text = printManifest(DIRECTORY, [MAIN, OTHER]);
    expect(parseManifest(DIRECTORY, text)).toEqual([OTHER, MAIN]);
    expect(parseManifest(DIRECTORY, text.replaceAll('\n', '\r\n'))).toEqual([OTHER, MAIN]);
  });

  it('has one fact on a line, in one order', () => {
    const text = printManifest(DIRECTORY, [MAIN, OTHER]);
    expect(printManifest(DIRECTORY, [OTHER, MAIN])).toBe(text);
    expect(text.split('\n').slice(1)).toEqual([
      'guest c:d/other from - --async-exports a:b/i#[method]r.m,run',
      'guest c:d/other has other.d.ts',
      'host a:b/main from ../my%20wit/a%2520b%0A.wit --import-extension .ts --async-imports * --features x,y --all-features --config ../wit-ts.config.ts',
      'host a:b/main has interfaces/a-b-i.ts',
      'host a:b/main has main.ts',
      '',
    ]);
  });

  it('is the union of both sides after a merge that was not finished', () => {
    const [ours = '', theirs = ''] = [MAIN, OTHER].map((entry) => printManifest(DIRECTORY, [entry]));
    const merged = `<<<<<<< HEAD\n${ours}=======\n${theirs}>>>>>>> theirs\n`;
    expect(parseManifest(DIRECTORY, merged)).toEqual([MAIN, OTHER]);
  });

  it.each(['../x.ts', '/x.ts', 'interfaces/../../x.ts', 'a/b.ts', 'x.js', 'exports/a\\b.ts', '..%2Fx.ts'])(
    'names no file that `gen` cannot have written: %s',
    (file) => {
      const text = `host a:b/w from ../w.wit\nhost a:b/w has ${file}\n`;
      expect(parseManifest(DIRECTORY, text)).toEqual([expect.objectContaining({ files: [] })]);
    },
  );

  it('may contain anything else', () => {
    const text =
      'host\nhost a:b/w\nconstructor x from y\nhost __proto__ has x.ts\nhost a:b/w has x.ts\n%%% \n';
    expect(parseManifest(DIRECTORY, text)).toEqual([]);
  });
});
