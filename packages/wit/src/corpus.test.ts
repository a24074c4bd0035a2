import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { toJson } from './index.ts';
import { load } from './node/index.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus', import.meta.url));
const isThere = existsSync(corpus);
const why = isThere ? '' : ' (skipped: ../shared/corpus is not there)';

/** The inputs of a folder for which there is an expectation: `name.wit` or the directory `name`. */
function cases(folder: string, ending: string): { input: string; expected: string }[] {
  if (!isThere) return [];
  const names = readdirSync(join(corpus, folder));
  return names
    .filter((name) => name.endsWith(ending))
    .flatMap((name) => {
      const file = name.slice(0, -ending.length);
      const input = [file, basename(file, '.wit')].find((path) => names.includes(path));
      return input === undefined ? [] : [{ input, expected: name }];
    });
}

describe.skipIf(!isThere)(`corpus wit-parse-pass${why}`, () => {
  // The packages in wasm form that this one holds need a decoder; `pnpm conformance wit-pass` has one.
  const readable = cases('wit-parse-pass', '.json').filter(({ input }) => input !== 'kinds-of-deps');

  it.each(readable)('$input', async ({ input, expected }) => {
    const folder = join(corpus, 'wit-parse-pass');
    const { resolve, diagnostics } = await load(join(folder, input), {
      features: ['active'],
      encodable: false,
      referenceDocs: true,
    });
    expect(diagnostics).toEqual([]);
    expect(`${JSON.stringify(toJson(resolve), null, 2)}\n`).toBe(
      `${readFileSync(join(folder, expected), 'utf8').trimEnd()}\n`,
    );
  });
});

describe.skipIf(!isThere)(`corpus wit-parse-fail${why}`, () => {
  it.each(cases('wit-parse-fail', '.result'))('$input', async ({ input, expected }) => {
    const folder = join(corpus, 'wit-parse-fail');
    const { diagnostics } = await load(join(folder, input), { encodable: false });
    const [first] = diagnostics;
    expect(first).toBeDefined();
    const place = /--> .*?([^/]+):(\d+):(\d+)\s*$/mu.exec(readFileSync(join(folder, expected), 'utf8'));
    if (place === null) return;
    const { file, start } = first!.span!;
    const { line, column } = file.position(start);
    expect(`${basename(file.path)}:${line}:${column}`).toBe(place.slice(1).join(':'));
  });
});
