import { render, SourceFile, type Diagnostic } from '@wit-ts/diagnostics';
import { describe, expect, it } from 'vitest';
import { format, parse, print, resolve, toJson } from './index.ts';

/** Milliseconds within which there must be an answer: what is linear takes a few of these seconds, what is not minutes. */
const LIMIT = 20_000;
const MANY = 100_000;

/** Everything that can be done with a text. */
function everything(text: string): readonly Diagnostic[] {
  const started = performance.now();
  const { value, diagnostics } = resolve(text);
  // Formatting a megabyte takes seconds; one of these is enough.
  const formatted = text.length < 1_000_000 ? format(text) : undefined;
  expect(formatted?.diagnostics.some(({ code }) => code === 'format-unfaithful')).not.toBe(true);
  expect(typeof JSON.stringify(toJson(value.resolve))).toBe('string');
  if (diagnostics.length === 0) {
    const printed = print(value.resolve, value.package!);
    expect(resolve(printed).diagnostics).toEqual([]);
    if (formatted !== undefined && text.length < 200_000)
      expect(format(formatted.value).value).toBe(formatted.value);
  }
  for (const diagnostic of diagnostics.slice(0, 100)) expect(render(diagnostic).length).toBeLessThan(10_000);
  expect(performance.now() - started).toBeLessThan(LIMIT);
  return diagnostics;
}

function many(count: number, make: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: count }, (_, i) => make(i)).join(separator);
}

function codes(diagnostics: readonly Diagnostic[]): string[] {
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

describe('deep nesting', () => {
  it.each([
    ['types', `interface i { type t = ${'list<'.repeat(MANY)}u8${'>'.repeat(MANY)}; }`, 'nesting-too-deep'],
    ['types without an end', `interface i { type t = ${'option<'.repeat(MANY)}`, 'nesting-too-deep'],
    ['tuples', `interface i { type t = ${'tuple<u8, '.repeat(MANY)}`, 'nesting-too-deep'],
    ['braces', `interface i ${'{'.repeat(MANY)}`, 'unexpected-item'],
    ['closing braces', `interface i {${'}'.repeat(MANY)}`, 'unmatched-brace'],
    ['parentheses', `interface i { f: func${'('.repeat(MANY)}; }`, 'expected-token'],
    ['packages', 'package a:b {'.repeat(20_000), 'unclosed-brace'],
    ['interfaces', 'interface i { '.repeat(20_000), 'unclosed-brace'],
    ['resources', `interface i { ${'resource r { '.repeat(20_000)}`, 'unclosed-brace'],
    ['comments without an end', '/*'.repeat(MANY), 'unterminated-comment'],
  ])('of %s', (_, text, code) => {
    const found = everything(`package a:b;\n${text}`);
    expect(codes(found)).toContain(code);
    expect(found.length).toBeLessThan(60_000);
  });

  it('of comments is fine', () => {
    expect(everything(`package a:b; ${'/*'.repeat(MANY)}${'*/'.repeat(MANY)}`)).toEqual([]);
  });
});

describe('megabytes on one line', () => {
  it('are read, and a mistake at their end is shown without them', () => {
    const items = many(50_000, (i) => `n${i}: func(a: string) -> list<u8>;`, ' ');
    const text = `package a:b; interface i { ${items} }`;
    expect(text.length).toBeGreaterThan(1_500_000);
    expect(codes(everything(text))).toEqual([]);
    const [wrong] = everything(text.replace(/; \}$/u, ' }'));
    expect(wrong).toMatchObject({ code: 'expected-token', span: { start: text.length - 2 } });
    expect(render(wrong!).length).toBeLessThan(1000);
  });

  it.each([
    ['a name', `interface ${'a'.repeat(3_000_000)} {}`, []],
    ['a bad name', `interface ${'aB'.repeat(1_500_000)} {}`, ['invalid-name']],
    ['a name of parts', `interface ${'a-'.repeat(1_500_000)}a {}`, []],
    ['a number', `interface i { type t = list<u8, ${'9'.repeat(1_000_000)}>; }`, ['list-length']],
    ['a version', `use c:d/e@${'1.'.repeat(1_000_000)}1;`, ['invalid-version', 'unknown-package']],
    ['digits and dots', `interface i { ${'1.'.repeat(500_000)} }`, ['unexpected-item']],
    ['a string', `@external-id("${'\\n'.repeat(1_000_000)}") interface i {}`, []],
    ['a string without an end', `@external-id("${'\\'.repeat(1_000_001)}`, ['unterminated-string']],
    ['a comment', `// ${'/'.repeat(3_000_000)}`, []],
    ['stars', `/* ${'* '.repeat(1_500_000)} */`, []],
    ['what has no meaning', '§'.repeat(1_000_000), ['unexpected-character']],
    ['spaces', ' '.repeat(5_000_000), []],
    ['semicolons', ';'.repeat(300_000), ['unexpected-item']],
  ])('may be %s', (_, text, expected) => {
    expect(codes(everything(`package a:b; ${text}`)).filter((code) => code !== 'expected-token')).toEqual(
      expected,
    );
  });
});

describe('a megabyte', () => {
  it('is formatted', () => {
    const text = `package a:b; interface i { ${many(40_000, (i) => `n${i}: func(a: list<u8>);`, ' ')} }`;
    expect(text.length).toBeGreaterThan(1_000_000);
    const started = performance.now();
    expect(format(text).value.split('\n')).toHaveLength(40_005);
    expect(performance.now() - started).toBeLessThan(LIMIT);
  });
});

describe('ten thousand mistakes', () => {
  const COUNT = 10_000;

  it.each([
    ['semicolons', `interface i { ${many(COUNT, (i) => `n${i}: func()`)} }`, 'expected-token', COUNT],
    [
      'commas',
      `interface i { record r { ${many(COUNT, (i) => `n${i}: u8`)} } }`,
      'missing-separator',
      COUNT - 1,
    ],
    ['colons', `interface i { ${many(COUNT, (i) => `n${i} func();`)} }`, 'expected-token', COUNT],
    ['angles', `interface i { ${many(COUNT, (i) => `type t${i} = list<u8;`)} }`, 'expected-token', COUNT],
    ['names', `interface i { ${many(COUNT, () => 'record { a: u8 }')} }`, 'expected-token', COUNT],
    ['keywords', `interface i { ${many(COUNT, (i) => `struct t${i} { a: u8 }`)} }`, 'expected-token', COUNT],
    ['functions', `interface i { ${many(COUNT, (i) => `fn n${i}();`)} }`, 'expected-token', COUNT],
    ['types', `interface i { ${many(COUNT, (i) => `type t${i} = Vec<u8>;`)} }`, 'unknown-type', COUNT],
    ['bad names', `interface i { ${many(COUNT, (i) => `badName${i}: func();`)} }`, 'invalid-name', COUNT],
    [
      'keywords as names',
      `interface i { record r { ${'type: u8, '.repeat(COUNT)} } }`,
      'keyword-as-name',
      COUNT,
    ],
    ['strings', many(COUNT, () => '@external-id("open\n)\ninterface i {}'), 'unterminated-string', COUNT],
    ['characters', many(COUNT, () => '§ '), 'unexpected-character', COUNT],
  ])('about %s are all told', (_, text, code, count) => {
    const found = everything(`package a:b;\n${text}`).filter((diagnostic) => diagnostic.code === code);
    expect(found).toHaveLength(count);
    expect(new Set(found.map(({ span }) => span!.start)).size).toBe(count);
  });
});

describe('names that mean something in JavaScript', () => {
  const names = [
    '%constructor',
    'then',
    'prototype',
    'to-string',
    'value-of',
    'length',
    'name',
    'has-own-property',
  ];

  it('are names like others', () => {
    const text = `package then:prototype;
${names.map((name) => `interface ${name} { record ${name}-r { ${names.map((field) => `${field}: u8`).join(', ')} } ${name}: func(${names.map((param) => `${param}: ${name}-r`).join(', ')}); }`).join('\n')}
world world-of-them { ${names.map((name) => `import ${name};`).join(' ')} }`;
    expect(codes(everything(text))).toEqual([]);
    const plain = names.map((name) => name.replace('%', ''));
    const { value } = resolve(text);
    expect([...value.package!.interfaces.keys()]).toEqual(plain);
    const [world] = toJson(value.resolve)['worlds'] as [{ imports: object }];
    expect(Object.keys(world.imports)).toHaveLength(names.length);
  });

  it('cannot reach the prototype of anything', () => {
    const found = everything(
      'package a:b; interface __proto__ { __proto__: func(); } world w { import __proto__; }',
    );
    expect(codes(found)).toEqual(['invalid-name']);
    expect(everything('package a:b; world w { import toString; include valueOf; }').length).toBeGreaterThan(
      1,
    );
    expect(
      codes(everything('package a:b; interface i { f: func(a: constructor-x, b: hasOwnProperty); }')),
    ).toEqual(['invalid-name', 'unknown-type']);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

describe('a hundred thousand items', () => {
  it.each([
    ['functions', `interface i { ${many(MANY, (i) => `n${i}: func();`)} }`],
    ['types', `interface i { ${many(MANY, (i) => `type t${i} = list<u8>;`)} }`],
    ['fields', `interface i { record r { ${many(MANY, (i) => `n${i}: u8,`)} } }`],
    [
      'cases',
      `interface i { variant v { ${many(MANY, (i) => `c${i}(string),`)} } enum e { ${many(MANY, (i) => `c${i},`)} } }`,
    ],
    ['parameters', `interface i { f: func(${many(MANY, (i) => `p${i}: u8,`)}); }`],
    ['methods', `interface i { resource r { ${many(MANY, (i) => `m${i}: func();`)} } }`],
    ['interfaces', many(MANY, (i) => `interface i${i} {}`)],
    [
      'imports',
      `${many(MANY / 2, (i) => `interface i${i} {}`)} world w { ${many(MANY / 2, (i) => `import i${i};`)} }`,
    ],
    [
      'names of a use',
      `interface i { ${many(MANY / 2, (i) => `type t${i} = u8;`)} } interface j { use i.{${many(MANY / 2, (i) => `t${i},`)}}; }`,
    ],
    ['comments', `interface i { ${many(MANY, () => '/// a line')}\nf: func(); }`],
  ])('%s', (_, text) => {
    expect(codes(everything(`package a:b;\n${text}`))).toEqual([]);
  });
});

/** The lists of `WIT.md` ("Lexical structure") and of the reference. */
const forbidden = [
  ...range(0x202a, 0x202e),
  ...range(0x2066, 0x2069),
  0x149,
  0x673,
  0xf77,
  0xf79,
  0x17a3,
  0x17a4,
  0x17b4,
  0x17b5,
  ...range(0, 8),
  0x0b,
  0x0c,
  ...range(0x0e, 0x1f),
  ...range(0x7f, 0x9f),
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

describe('forbidden code points', () => {
  it.each(forbidden.map((code) => [code.toString(16), String.fromCodePoint(code)]))(
    'U+%s',
    (_, character) => {
      const places = [
        ['interface ', ' i {}'],
        ['// a ', ' b\n'],
        ['/* /* ', ' */ */'],
        ['@external-id("', '") interface i {}'],
      ];
      for (const [before, after] of places) {
        const text = `package a:b;\n${before}${character}${after}`;
        const at = text.indexOf(character);
        const found = everything(text);
        expect(found).toMatchObject([{ code: 'forbidden-character', span: { start: at, end: at + 1 } }]);
      }
    },
  );

  it('are no others, in comments', () => {
    const taken = new Set([...forbidden, 0x0d]);
    const all = [...range(0, 0xd7ff), ...range(0xe000, 0xffff), ...range(0x1_0000, 0x1_ffff)];
    const allowed = all.filter((code) => !taken.has(code)).map((code) => String.fromCodePoint(code));
    const lines = allowed.filter((character) => character !== '\n').map((character) => `// ${character}`);
    expect(everything(`package a:b;\n${lines.join('\n')}`)).toEqual([]);
  });
});

describe('what is not even text', () => {
  it.each([
    ['halves of surrogate pairs', '\ud800 \udc00'],
    ['a binary', String.fromCharCode(...range(0, 255))],
    ['nothing', ''],
    ['zeros', '\0'.repeat(100_000)],
  ])('%s is answered', (_, text) => {
    everything(text);
    expect(parse(new SourceFile('<binary>', text)).value.items).toEqual([]);
  });
});
