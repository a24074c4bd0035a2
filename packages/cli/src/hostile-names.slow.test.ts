import { readdirSync, readFileSync } from 'node:fs';
import { Random } from '@wit-ts/dev-support/random';
import { describe, expect, it } from 'vitest';
import { withHostileNames } from './fixtures/hostile-names.ts';
import { testDirectory } from './fixtures/test-directory.ts';

const FOLDER = new URL('../../../test-components/', import.meta.url);
const components = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^[^/\\]+[/\\]built[/\\][^/\\]+\.wasm$/u.test(file))
  .map((file) => ({ file, bytes: readFileSync(new URL(file.replaceAll('\\', '/'), FOLDER)) }))
  // Programs of WASI preview 1 are core modules, which have another layer in their preamble.
  .filter(({ bytes }) => bytes[6] === 1 && bytes.length < 20_000);

const COMMANDS = [
  'validate mutant.wasm',
  'wit mutant.wasm',
  'inspect mutant.wasm',
  'inspect mutant.wasm --mermaid',
  'gen mutant.wasm -o out',
  'gen mutant.wasm -o guest --guest',
  'check mutant.wasm original.wasm',
  'check original.wasm mutant.wasm',
  'diff original.wasm mutant.wasm',
  'diff mutant.wasm original.wasm --markdown',
  'run mutant.wasm',
];

/** What may not be printed, apart from line breaks and the colours of a terminal. */
const FORBIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Removes colours, and what removes the line of progress after work that took longer than a second. */
function withoutOwnCodes(text: string): string {
  // oxlint-disable-next-line no-control-regex -- the codes of paintOf and of progress
  return text.replaceAll(/\u001b\[(?:0|1|2|31|32|33|36)m|\r\u001b\[K|\n/gu, '');
}

const CASES = 800;
const PARTS = 8;

describe('names that deceive', () => {
  it.each(Array.from({ length: PARTS }, (_, block) => block))(
    'end no command with a fault of wit-ts, and no control characters are printed: part %d',
    async (block) => {
      const directory = await testDirectory();
      for (let i = 0; i < CASES / PARTS; i += 1) {
        const seed = block * 1000 + i;
        const random = new Random(seed);
        const { file, bytes } = random.pick(components);
        await directory.write({ 'mutant.wasm': withHostileNames(bytes, random), 'original.wasm': bytes });
        const tty = random.oneIn(2);
        const form = random.pick(['', ' --json', ' --lines']);
        for (const command of COMMANDS) {
          const { code, out, err } = await directory.run(`${command}${form}`, { tty });
          const where = `seed ${seed}, ${file}: ${command}${form}`;
          expect([where, code === 70 ? err : code]).toEqual([where, expect.any(Number)]);
          // A line break in a name must not begin a line of the output.
          expect([where, /^\s*zz/mu.test(out + err)]).toEqual([where, false]);
          expect([where, FORBIDDEN.exec(withoutOwnCodes(out + err))?.[0]]).toEqual([where, undefined]);
        }
      }
    },
  );
});
