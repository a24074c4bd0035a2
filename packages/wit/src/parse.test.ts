import { SourceFile, WitError } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { parse, parseOrThrow } from './index.ts';

describe('parse', () => {
  it('gives names without %, numbers as numbers and documentation without markers', () => {
    const { value, diagnostics } = parse(`
      /// A package.
      package a:b@1.0.0;
      /// An interface,
      /// of two lines.
      @since(version = 1.0.0)
      interface %type {
        /** A record. */
        record r {
          /// A field.
          f: list<u8, 4>, // of r
          g: u8,
        }
      }`);
    expect(diagnostics).toEqual([]);
    expect(value.header).toMatchObject({ name: { namespace: { name: 'a' }, version: { text: '1.0.0' } } });
    expect(value.header!.docs!.contents).toBe('A package.');
    expect(value.items).toMatchObject([
      {
        tag: 'interface',
        name: { name: 'type' },
        docs: { contents: 'An interface,\nof two lines.' },
        attributes: [{ tag: 'since', version: { text: '1.0.0' } }],
        members: [
          {
            docs: { contents: 'A record.' },
            definition: {
              tag: 'record',
              fields: [
                {
                  name: { name: 'f' },
                  type: { tag: 'list', length: { value: 4 } },
                  docs: { contents: 'A field.' },
                },
                { name: { name: 'g' } },
              ],
            },
          },
        ],
      },
    ]);
  });

  it('knows the position of every node', () => {
    const text = 'package a:b;\n/// docs\n@since(version = 1.0.0)\ninterface i { f: func(a: list<u8>); }';
    const file = new SourceFile('x.wit', text);
    const { value } = parse(file);
    const [item] = value.items;
    const shown = ({
      file: inFile,
      start,
      end,
    }: {
      file: SourceFile;
      start: number;
      end: number;
    }): string => {
      expect(inFile).toBe(file);
      return text.slice(start, end);
    };
    expect(shown(value.header!.span)).toBe('package a:b;');
    expect(shown(item!.span)).toBe(text.slice(text.indexOf('@')));
    expect(shown(item!.docs!.span)).toBe('/// docs');
    expect(shown(item!.attributes[0]!.span)).toBe('since(version = 1.0.0)');
    if (item?.tag !== 'interface' || item.members[0]?.tag !== 'func') throw new Error('not as written');
    expect(shown(item.members[0].name.span)).toBe('f');
    expect(shown(item.members[0].func.params[0]!.type.span)).toBe('list<u8>');
  });

  it('returns the parts of a text with mistakes that it understands', () => {
    const { value, diagnostics } = parse('package a:b; interface i { type t = list<; f: func(x: u8 }');
    expect(diagnostics.map(({ code }) => code)).toEqual(['expected-token', 'expected-token']);
    expect(value.items).toMatchObject([
      {
        members: [
          { name: { name: 't' }, definition: { type: { tag: 'list', element: { tag: 'missing' } } } },
          { name: { name: 'f' }, func: { params: [{ name: { name: 'x' } }] } },
        ],
      },
    ]);
  });

  it.each([
    ['package a:b@1.0;', '1:16 invalid-version'],
    ['package a:b@1;', '1:14 invalid-version'],
    ['package a:b@01.0.0;', '1:13 invalid-version'],
    ['package a:b@1.0.0.0;', '1:18 invalid-version'],
    ['package a:b@1.0.0-;', '1:13 invalid-version'],
    ['package a:b:c;', '1:12 nested-name'],
    ['package a:b; use a:b/c/d;', '1:23 nested-name'],
    ['package a:b; package c:d;', '1:25 misplaced-package'],
    ['package a:b; @since(version = 1.0.0) package c:d {}', '1:38 misplaced-attribute'],
    ['package a:b; interface aB {}', '1:24 invalid-name'],
    ['package a:b; @external-id("\\q") interface i {}', '1:28 invalid-string'],
  ])('%s', (text, expected) => {
    const found = parse(text).diagnostics.map(({ code, span }) => {
      const { line, column } = span!.file.position(span!.start);
      return `${line}:${column} ${code}`;
    });
    expect(found).toEqual([expected]);
  });

  it.each([
    ['interface i { reccord r { a: u8 } }', 'did you mean `record`?'],
    ['interface i { resouce r; }', 'did you mean `resource`?'],
    ['interface i { f func(); }', 'add `:`'],
    ['intreface i {}', 'did you mean `interface`?'],
    ['world w { imprt i; }', 'did you mean `import`?'],
    ['world w { f: func(); }', 'write `import f: …` or `export f: …`'],
  ])('suggests what was meant by %s', (text, help) => {
    expect(parse(text).diagnostics).toMatchObject([{ help }]);
  });

  it('suggests a valid name', () => {
    expect(parse('package a:b; interface fooBar {}').diagnostics[0]!.help).toContain('write `foo-bar`');
  });
});

describe('parseOrThrow', () => {
  it('throws all diagnostics', () => {
    expect(() => parseOrThrow('interface i { type = ; type u }')).toThrow(WitError);
    expect(parseOrThrow('package a:b;').header).toBeDefined();
  });
});
