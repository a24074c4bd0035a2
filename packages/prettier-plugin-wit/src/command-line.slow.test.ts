import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const prettier = join(dirname(createRequire(import.meta.url).resolve('prettier')), 'bin/prettier.cjs');
const plugin = new URL('index.ts', import.meta.url).href;

let root = '';

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'wit-ts-prettier-'));
});

afterAll(async () => {
  await rm(root, { recursive: true });
});

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function read(path: string): Promise<string> {
  return readFile(join(root, path), 'utf8');
}

/** `prettier` with the plugin, as on a command line. */
async function command(...args: string[]): Promise<{ code: number; output: string }> {
  const all = ['--conditions=@wit-ts/source', prettier, '--plugin', plugin, ...args];
  const answer = await run(process.execPath, all, { cwd: root }).then(
    ({ stdout, stderr }) => ({ code: 0, output: stdout + stderr }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      output: error.stdout + error.stderr,
    }),
  );
  return answer;
}

describe("prettier --write '**/*.wit'", () => {
  it('formats files in every folder, and leaves files with mistakes unchanged', async () => {
    await write('a.wit', 'package a:b;interface i{/* why */f:func();}');
    await write('wit/deps/c/c.wit', 'package c:d;\n\n\n\nworld w{import i;}// end');
    await write('wit/tidy.wit', 'package e:f;\n');
    await write('broken.wit', 'package a:b;interface i{f:func()}');
    const { code, output } = await command('--write', '**/*.wit');
    expect(code).toBe(2);
    expect(output).toContain('wit/tidy.wit');
    expect(output).toContain('broken.wit: SyntaxError: expected `;` in a function, found `}` (add `;`)');
    expect(output).toContain('> 1 | package a:b;interface i{f:func()}');
    expect(await read('a.wit')).toBe('package a:b;\n\ninterface i {\n  /* why */ f: func();\n}\n');
    expect(await read('wit/deps/c/c.wit')).toBe('package c:d;\n\nworld w {\n  import i;\n} // end\n');
    expect(await read('wit/tidy.wit')).toBe('package e:f;\n');
    expect(await read('broken.wit')).toBe('package a:b;interface i{f:func()}');
    await rm(join(root, 'broken.wit'));
    expect((await command('--check', '**/*.wit')).code).toBe(0);
  });

  it('formats fences in Markdown', async () => {
    await write(
      'docs/page.md',
      '# WIT\n\n```wit\ninterface i{f:func();}\n```\n\n> ```wit\n> world w{}\n> ```\n',
    );
    expect((await command('--write', 'docs/*.md')).code).toBe(0);
    expect(await read('docs/page.md')).toBe(
      '# WIT\n\n```wit\ninterface i {\n  f: func();\n}\n```\n\n> ```wit\n> world w {}\n> ```\n',
    );
  });

  it("follows the project's configuration", async () => {
    await write('tabs/.prettierrc', '{ "useTabs": true }');
    await write('tabs/a.wit', 'interface i{f:func();}');
    await write('tabs/.editorconfig', 'root = true\n');
    expect((await command('--write', 'tabs/*.wit')).code).toBe(0);
    expect(await read('tabs/a.wit')).toBe('interface i {\n\tf: func();\n}\n');
  });
});
