import { format as prettier, formatWithCursor, getFileInfo } from 'prettier';
import { format } from '@wit-ts/wit';
import { describe, expect, it } from 'vitest';
import * as plugin from './index.ts';

const text = `package a:b; interface i { // why
  record r{a:u8,b:u8}

  f: func(some-parameter: string, another-parameter: string) -> result<list<string>, string>;
}
`;

function run(source: string, options: object): Promise<string> {
  return prettier(source, { plugins: [plugin], ...options });
}

describe('prettier-plugin-wit', () => {
  it('formats WIT as `format` does', async () => {
    expect(await run(text, { filepath: 'a.wit' })).toBe(format(text).value);
  });

  it("follows prettier's options", async () => {
    const options = { printWidth: 30, useTabs: true, tabWidth: 8 };
    expect(await run(text, { parser: 'wit', ...options })).toBe(format(text, options).value);
    expect(await run('interface i{}', { parser: 'wit', endOfLine: 'crlf' })).toBe('interface i {}\r\n');
  });

  it.each(['lf', 'crlf', 'auto'] as const)(
    'gives lines the ends that `format` gives them: %s',
    async (endOfLine) => {
      const lines = '/* a\n   b */\ninterface i { // c\nf:func();}\n';
      for (const source of [lines, lines.replaceAll('\n', '\r\n'), lines.replace('\n', '\r\n')]) {
        for (const mark of ['', '\ufeff']) {
          const options = { filepath: 'a.wit', endOfLine };
          expect(await run(mark + source, options)).toBe(format(mark + source, { endOfLine }).value);
        }
      }
    },
  );

  it('formats fences in Markdown, with comments over several lines', async () => {
    expect(await run(fence('  interface i{/* a\n  b */f:func();}\n'), { parser: 'markdown' })).toBe(
      fence('  interface i {\n    /* a\n  b */\n    f: func();\n  }\n'),
    );
  });

  it('is selected by the name of a file', async () => {
    const info = await getFileInfo('a/b.wit', { plugins: [plugin] });
    expect(info.inferredParser).toBe('wit');
  });

  it('keeps the cursor where it was', async () => {
    const source = 'interface i{f:func(some:u8);}';
    const { formatted, cursorOffset } = await formatWithCursor(source, {
      parser: 'wit',
      plugins: [plugin],
      cursorOffset: source.indexOf('some'),
    });
    expect(formatted.slice(cursorOffset)).toMatch(/^some/u);
  });

  it('leaves fences with invalid WIT unchanged', async () => {
    const page = '```wit\ninterface i{ … }\n```\n';
    expect(await run(page, { parser: 'markdown' })).toBe(page);
  });

  it('keeps a byte order mark', async () => {
    expect(await run('\ufeffinterface i{}', { parser: 'wit' })).toBe('\ufeffinterface i {}\n');
  });

  it('points at syntax errors', async () => {
    await expect(run('interface i {\n  f func();\n}', { parser: 'wit' })).rejects.toMatchObject({
      name: 'SyntaxError',
      loc: { start: { line: 2, column: 5 } },
      codeFrame: expect.stringContaining('f func();') as string,
    });
  });
});

function fence(wit: string): string {
  return `- a list\n\n  \`\`\`wit\n${wit}  \`\`\`\n`;
}
