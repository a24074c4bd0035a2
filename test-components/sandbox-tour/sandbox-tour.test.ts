import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runProgram } from '../running/run-program.ts';
import { temporaryDirectory } from '../running/temporary-directory.ts';

describe('sandbox-tour', () => {
  const program = 'sandbox-tour/built/rust.wasm';
  const granted = temporaryDirectory();

  it('uses everything that it is granted', async () => {
    await writeFile(join(granted(), 'input.txt'), 'grüße aus dem Sand\n');
    const result = await runProgram(program, {
      args: ['one', 'zwei drei', ''],
      env: { MODE: 'tour', LANG: 'de' },
      dirs: { '/data': granted() },
      stdin: 'first\nsecond\n',
    });
    expect(result).toEqual({
      code: 0,
      out: [
        'stdout: this line',
        'stdin: 2 lines, 13 bytes',
        'arguments: 3',
        '  1: one',
        '  2: zwei drei',
        '  3: ',
        'environment: 2',
        '  LANG=de',
        '  MODE=tour',
        'read /data/input.txt: grüße aus dem Sand',
        'wrote /data/output.txt: GRÜSSE AUS DEM SAND',
        '',
      ].join('\n'),
      err: 'stderr: this line\n',
    });
    expect(await readFile(join(granted(), 'output.txt'), 'utf8')).toBe('GRÜSSE AUS DEM SAND\n');
  });

  it('finds nothing when nothing is granted', async () => {
    const { code, out, err } = await runProgram(program);
    expect(code).toBe(1);
    expect(out).toBe('stdout: this line\nstdin: 0 lines, 0 bytes\narguments: 0\nenvironment: 0\n');
    expect(err).toMatch(/^stderr: this line\n\/data\/input\.txt: /u);
  });
});
