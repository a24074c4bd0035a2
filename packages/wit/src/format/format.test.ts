import { describe, expect, it } from 'vitest';
import { format } from '../index.ts';

function formatted(text: string, options?: Parameters<typeof format>[1]): string {
  const { value, diagnostics } = format(text, options);
  expect(diagnostics).toEqual([]);
  return value;
}

/** Texts that are formatted already. */
function expectKept(text: string): void {
  expect(formatted(text)).toBe(text);
}

const deep = (depth: number): string =>
  `interface i { type t = ${'option<'.repeat(depth)}u8${'>'.repeat(depth)}; }`;

const inInterface = (body: string): string => `interface i {\n${body}}\n`;

describe('layout', () => {
  it('puts spaces between tokens', () => {
    expect(formatted('package  a : b@1.0.0 ;\nuse a:b/c@1.0.0   as d ;use e;')).toBe(
      'package a:b@1.0.0;\n\nuse a:b/c@1.0.0 as d;\nuse e;\n',
    );
  });

  it('writes each field, case and flag on a line, with a comma behind it', () => {
    expect(formatted('interface i{record r{a:u8,b:%list}enum e{a,b}flags f{x,}variant v{a(u8),b}}')).toBe(
      inInterface(
        '  record r {\n    a: u8,\n    b: %list,\n  }\n  enum e {\n    a,\n    b,\n  }\n' +
          '  flags f {\n    x,\n  }\n  variant v {\n    a(u8),\n    b,\n  }\n',
      ),
    );
  });

  it('keeps empty braces on one line', () => {
    expectKept(
      'interface i {\n  record r {}\n  resource s {}\n  resource t;\n  f: func();\n  use j.{};\n}\n\nworld w {}\n',
    );
  });

  it('writes every kind of type and item', () => {
    expectKept(`package a:b;

interface i {
  use c:d/e@1.2.3.{f, g as h};
  type t = tuple<list<u8>, list<u8, 4>, map<string, bool>, option<result>>;
  type r = result<_, result<u8, result<s8>>>;
  type s = future<stream<own<x>>>;
  f: async func(a: borrow<x>, b: error-context) -> stream;
  resource x {
    constructor(a: u8) -> result<x>;
    m: async func();
    s: static async func() -> future;
  }
}

world w {
  import i;
  import l: i;
  import n: interface {
    f: func();
  }
  export f: func();
  include v;
  include u with { a as b, c as d }
}

package n:p@1.0.0 {
  world v {}
}
`);
  });

  it('prints each gate on its own line', () => {
    expect(
      formatted('@since(version=1.0.0)@deprecated( version = 1.0.1 ) @external-id("a\\"b") interface i{}'),
    ).toBe('@since(version = 1.0.0)\n@deprecated(version = 1.0.1)\n@external-id("a\\"b")\ninterface i {}\n');
  });

  it("breaks a function at its parameters before its result's type", () => {
    const long = 'a-rather-long-name';
    expect(formatted(inInterface(`  f: func(a: ${long}, b: ${long}) -> result<${long}, ${long}>;\n`))).toBe(
      inInterface(`  f: func(\n    a: ${long},\n    b: ${long},\n  ) -> result<${long}, ${long}>;\n`),
    );
    expect(formatted(inInterface(`  f: func() -> result<tuple<${long}, ${long}>, ${long}-${long}>;\n`))).toBe(
      inInterface(`  f: func() -> result<\n    tuple<${long}, ${long}>,\n    ${long}-${long}\n  >;\n`),
    );
  });

  it('breaks lists of names and types that do not fit, with a comma at the end only if the grammar has one', () => {
    const names = ['some-name', 'another-name', 'third-name'];
    const options = { printWidth: 30 };
    expect(formatted(`interface i {use j.{${names.join()}};}`, options)).toBe(
      inInterface(`  use j.{\n${names.map((name) => `    ${name},\n`).join('')}  };\n`),
    );
    expect(formatted('interface i {type t = tuple<aaaaaaaaaa, bbbbbbbbbb>;}', options)).toBe(
      inInterface('  type t = tuple<\n    aaaaaaaaaa,\n    bbbbbbbbbb,\n  >;\n'),
    );
    expect(formatted('interface i {type t = map<string, aaaaaaaaaaa>;}', options)).toBe(
      inInterface('  type t = map<\n    string,\n    aaaaaaaaaaa\n  >;\n'),
    );
    expect(formatted('world w {include x with {aaaaaaaaa as b,}}', options)).toBe(
      'world w {\n  include x with {\n    aaaaaaaaa as b,\n  }\n}\n',
    );
  });

  it('indents as the options say', () => {
    expect(formatted(inInterface('f:func();'), { tabWidth: 4 })).toBe(inInterface('    f: func();\n'));
    expect(formatted(inInterface('f:func();'), { useTabs: true })).toBe(inInterface('\tf: func();\n'));
  });

  it('keeps one of several blank lines and none beside braces, and puts one around items with braces', () => {
    expect(
      formatted('interface i {\n\n\n  f: func();\n\n\n\n  g: func();\n  h: func();\n\n}\ninterface j {}'),
    ).toBe(`${inInterface('  f: func();\n\n  g: func();\n  h: func();\n')}\ninterface j {}\n`);
  });

  it('gives all lines the ending of the first, or the ending that is asked for', () => {
    const unix = '/* a\n   b */\ninterface i {\n  f: func(); // c\n}\n';
    const windows = unix.replaceAll('\n', '\r\n');
    const mixed = unix.replace('\n', '\r\n');
    for (const text of [unix, windows, mixed]) {
      expect(formatted(text, { endOfLine: 'lf' })).toBe(unix);
      expect(formatted(text, { endOfLine: 'crlf' })).toBe(windows);
      expect(formatted(text)).toBe(text === unix ? unix : windows);
      expect(formatted(text, { endOfLine: 'auto' })).toBe(formatted(text));
    }
    expect(formatted('interface i { f: func(); }')).toBe(inInterface('  f: func();\n'));
    expect(formatted('\r\ninterface i {}\n')).toBe('interface i {}\r\n');
    expect(format('interface\r\n', { endOfLine: 'lf' }).value).toBe('interface\r\n');
    expect(formatted('// prettier-ignore\r\ninterface i  {\n}', { endOfLine: 'crlf' })).toBe(
      '// prettier-ignore\r\ninterface i  {\r\n}\r\n',
    );
  });

  it('keeps a byte order mark', () => {
    expect(formatted('\ufeffinterface i  {}')).toBe('\ufeffinterface i {}\n');
    expect(formatted('\ufeff')).toBe('\ufeff');
    expect(formatted('\ufeffinterface i {}\r\n', { endOfLine: 'lf' })).toBe('\ufeffinterface i {}\n');
  });

  it('leaves an empty file empty', () => {
    expect(formatted('')).toBe('');
    expect(formatted(' \n\n ')).toBe('');
    expectKept('// only this\n');
  });
});

describe('comments', () => {
  it('stay in their places', () => {
    expectKept(`// license

/// the package
package a:b; // after

/// doc
@since(version = 1.0.0)
// between
interface i { // open
  /** block
        kept to the letter */
  record r {
    a: u8, // tail of a
    /* leads */ b: u8,

    // own line
    c: u8, /* tail */
    // before the brace
  }
  enum e {
    // alone
  }
  f: func(/* nothing */);
  g: func(
    // leads a
    a: u8,
    b: u8, // tail of b
  ) /* result */ -> /* type */ u8;
  // before the end

  // of the interface
}
// after all

// of it
`);
  });

  it('keep a line of their own in the middle of an item, which they do not document', () => {
    expectKept(inInterface('  f:\n  // not the documentation of f\n  func();\n'));
  });

  it('keep their order relative to commas and semicolons', () => {
    expectKept(
      inInterface('  record r {\n    a: u8 // of a\n    ,\n    b: u8,\n  }\n  f: func() // of f\n  ;\n'),
    );
    expect(formatted('interface i { record r { a: u8 // last\n } }')).toBe(
      inInterface('  record r {\n    a: u8, // last\n  }\n'),
    );
  });

  it('never hide the text behind them', () => {
    expect(formatted('package a // c\n:b;')).toBe('package a // c\n:b;\n');
    expect(formatted('interface i { use a:b/ /* c */ c.{d}; }')).toBe(
      inInterface('  use a:b/ /* c */c.{d};\n'),
    );
  });
});

describe('prettier-ignore', () => {
  it('leaves the next item unchanged', () => {
    expectKept(
      inInterface('  // prettier-ignore\n  record   r { a:u8,\n b  :u8 /* c */ } // d\n  f: func();\n'),
    );
    expect(formatted('interface i { f: func(\n/* prettier-ignore */\na:u8,b:u8); }')).toBe(
      inInterface('  f: func(\n    /* prettier-ignore */\n    a:u8,\n    b: u8,\n  );\n'),
    );
  });
});

describe('text that cannot be formatted', () => {
  it('is returned unchanged, with diagnostics', () => {
    const text = 'interface  i { f func(); }';
    const { value, diagnostics } = format(text, { path: 'a.wit' });
    expect(value).toBe(text);
    expect(diagnostics[0]).toMatchObject({ severity: 'error', span: { file: { path: 'a.wit' }, start: 17 } });
  });

  it('includes types that nest too deeply', () => {
    expect(format(deep(99)).diagnostics).toEqual([]);
    expect(format(deep(1000)).diagnostics).not.toEqual([]);
  });
});
