import type { Random } from '@wit-ts/dev-support/random';

/** Makes a text of WIT whose size grows with `n` in one way. `random` chooses names and orders. */
type TextShape = (n: number, random: Random) => string;

/** Items in the order of their numbers, backwards or shuffled. */
function items(n: number, random: Random, make: (i: number) => string, separator = '\n'): string {
  const list = Array.from({ length: n }, (_, i) => make(i));
  const order = random.below(3);
  if (order === 1) list.reverse();
  if (order === 2) shuffle(list, random);
  return list.join(separator);
}

function shuffle<T>(list: T[], random: Random): void {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = random.below(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}

/** Items in the order of their numbers, where the order means something. */
function inOrder(n: number, make: (i: number) => string, separator = '\n'): string {
  return Array.from({ length: n }, (_, i) => make(i)).join(separator);
}

const letter = (random: Random): string => random.pick(['a', 'bc', 'def', 'ghij']);

function inPackage(make: TextShape): TextShape {
  return (n, random) => `package a:b@1.0.0;\n${make(n, random)}\n`;
}

function inInterface(make: TextShape): TextShape {
  return inPackage(
    (n, random) =>
      `interface i {\n${make(n, random)}\n}\nworld w {\n  ${random.pick(['import', 'export'])} i;\n}`,
  );
}

function inWorld(make: TextShape): TextShape {
  return inPackage((n, random) => `world w {\n${make(n, random)}\n}`);
}

/** Items whose number grows, one kind for each shape. */
const many: Readonly<Record<string, TextShape>> = {
  types: inInterface((n, random) => items(n, random, (i) => `  type ${letter(random)}${i} = list<u8>;`)),
  records: inInterface((n, random) => items(n, random, (i) => `  record r${i} { a: u8, b: string }`)),
  functions: inInterface((n, random) => items(n, random, (i) => `  fn${i}: func(a: u8) -> string;`)),
  fields: inInterface((n, random) => `record r { ${items(n, random, (i) => `${letter(random)}${i}: u8,`)} }`),
  cases: inInterface((n, random) => `variant v { ${items(n, random, (i) => `c${i}(string),`)} }`),
  'cases of an enum': inInterface((n, random) => `enum e { ${items(n, random, (i) => `c${i},`)} }`),
  parameters: inInterface((n, random) => `f: func(${items(n, random, (i) => `p${i}: u8,`)});`),
  'types of a tuple': inInterface((n, random) => `type t = tuple<${items(n, random, () => 'u8', ', ')}>;`),
  methods: inInterface((n, random) => `resource r { ${items(n, random, (i) => `m${i}: func();`)} }`),
  resources: inInterface((n, random) => items(n, random, (i) => `resource r${i} { m: func(); }`)),
  handles: inInterface((n, random) =>
    items(n, random, (i) => `resource r${i}; fn${i}: func(a: borrow<r${i}>) -> r${i};`),
  ),
  worlds: inPackage((n, random) => `${items(n, random, (i) => `world w${i} {}`)} world w {}`),
  interfaces: inPackage((n, random) => `${items(n, random, (i) => `interface i${i} {}`)} world w {}`),
  imports: inPackage(
    (n, random) =>
      `${items(n, random, (i) => `interface i${i} { f: func(); }`)}\nworld w {\n${items(n, random, (i) => `import i${i};`)}\n}`,
  ),
  'functions of a world': inWorld((n, random) => items(n, random, (i) => `import fn${i}: func();`)),
  'types of a world': inWorld((n, random) => items(n, random, (i) => `type t${i} = list<u8>;`)),
  'inline interfaces': inWorld((n, random) =>
    items(n, random, (i) => `export i${i}: interface { f: func(); }`),
  ),
  'nested packages': inPackage(
    (n, random) => `world w {}\n${items(n, random, (i) => `package p:x${i} { interface i { f: func(); } }`)}`,
  ),
  'gates of functions': inInterface((n, random) =>
    items(n, random, (i) => `@since(version = 1.0.0)\nfn${i}: func();`),
  ),
  'gates of one function': inInterface((n) => `${'@since(version = 1.0.0)\n'.repeat(n)}f: func();`),
  'features of functions': inInterface((n, random) =>
    items(n, random, (i) => `@unstable(feature = fn${i})\nfn${i}: func();`),
  ),
};

/** Items that refer to one another. */
const chained: Readonly<Record<string, TextShape>> = {
  'a chain of aliases': inInterface(
    (n, random) =>
      `type t0 = u8;\n${items(n, random, (i) => `type t${i + 1} = t${i};`)}\nf: func(x: t${n}) -> t${n};`,
  ),
  'a chain of aliases of a resource': inInterface(
    (n, random) => `resource t0;\n${items(n, random, (i) => `type t${i + 1} = t${i};`)}\nf: func(x: t${n});`,
  ),
  'functions of a chain of aliases': inInterface(
    (n, random) =>
      `record t0 { a: u8 }\n${items(n, random, (i) => `type t${i + 1} = t${i}; fn${i}: func(x: t${i + 1});`)}`,
  ),
  'a chain of aliases in an included world': inPackage(
    (n, random) =>
      `world v { record t0 { a: u8 }\n${items(n, random, (i) => `type t${i + 1} = t${i};`)}\nimport f: func(x: t${n}); }\nworld w { include v; }`,
  ),
  'a chain of records': inInterface(
    (n, random) =>
      `record t0 { a: u8 }\n${items(n, random, (i) => `record t${i + 1} { a: t${i} }`)}\nf: func(x: t${n});`,
  ),
  'a chain of use': inPackage(
    (n, random) =>
      `interface i0 { record t { a: u8 } }\n${items(n, random, (i) => `interface i${i + 1} { use i${i}.{t}; f: func(x: t); }`)}\nworld w { import i${n}; }`,
  ),
  'a chain of use of an export': inPackage(
    (n, random) =>
      `interface i0 { record t { a: u8 } }\n${items(n, random, (i) => `interface i${i + 1} { use i${i}.{t}; }`)}\nworld w { export i${n}; }`,
  ),
  'a wide use': inPackage(
    (n, random) =>
      `interface i0 { ${items(n, random, (i) => `record t${i} { a: u8 }`)} }\ninterface i1 { use i0.{${items(n, random, (i) => `t${i}`, ', ')}}; }\nworld w { import i1; }`,
  ),
  'a chain of include': inPackage(
    (n, random) =>
      `world w0 { import f: func(); }\n${items(n, random, (i) => `world w${i + 1} { include w${i}; }`)}\nworld w { include w${n}; }`,
  ),
  'a growing chain of include': inPackage(
    (n) =>
      `world w0 { import fn0: func(); }\n${inOrder(n, (i) => `world w${i + 1} { include w${i}; import fn${i + 1}: func(); }`)}\nworld w { include w${n}; }`,
  ),
  'a growing chain of include of interfaces': inPackage(
    (n, random) =>
      `interface i0 {}\n${items(n, random, (i) => `interface i${i + 1} {} world w${i + 1} { import i${i}; ${i > 0 ? `include w${i};` : ''} }`)}\nworld w { include w${n}; }`,
  ),
  'a world included many times': inPackage(
    (n) =>
      `interface j {}\nworld v { import j; ${inOrder(20, (i) => `import fn${i}: func();`)} }\n${inOrder(n, (i) => `world w${i} { include v; }`)}\nworld w { include v; }`,
  ),
  'renames of an include': inPackage(
    (n, random) =>
      `world v { ${items(n, random, (i) => `import fn${i}: func();`)} }\nworld w { include v with { ${items(n, random, (i) => `fn${i} as gn${i}`, ', ')} } }`,
  ),
  'a chain of packages': inPackage(
    (n, random) =>
      `${items(n, random, (i) => `package p:x${i} { interface i { ${i === 0 ? 'record t { a: u8 }' : `use p:x${i - 1}/i.{t};`} } }`)}\nworld w { import p:x${n - 1}/i; }`,
  ),
};

/** One token, comment or line that is long. */
const long: Readonly<Record<string, TextShape>> = {
  'a long name': inInterface((n) => `${'a'.repeat(n)}: func();`),
  'a name of many words': inInterface((n) => `a${'-a'.repeat(n / 2)}: func();`),
  'a long comment': inPackage((n) => `// ${'x'.repeat(n)}\nworld w {}`),
  'lines of comments': inPackage((n, random) => `${items(n, random, (i) => `// line ${i}`)}\nworld w {}`),
  'lines of documentation': inPackage(
    (n, random) => `${items(n, random, (i) => `/// line ${i}`)}\nworld w {}`,
  ),
  'a block of documentation': inPackage((n) => `/** ${inOrder(n, (i) => ` * line ${i}`)} */\nworld w {}`),
  'comments inside comments': inPackage((n) => `${'/*'.repeat(n)}${'*/'.repeat(n)}\nworld w {}`),
  spaces: inPackage((n) => `${' '.repeat(n)}world w {}`),
  'empty lines': inPackage((n) => `${'\n'.repeat(n)}world w {}`),
  'items on one line': inInterface((n, random) => items(n, random, (i) => `fn${i}: func();`, ' ')),
};

/** Texts with mistakes. */
const mistaken: Readonly<Record<string, TextShape>> = {
  'types inside types': inInterface((n) => `type t = ${'list<'.repeat(n)}u8${'>'.repeat(n)};`),
  'types that do not end': inInterface((n) => `type t = ${'tuple<u8, '.repeat(n)}`),
  parentheses: inInterface((n) => `f: func${'('.repeat(n)}${')'.repeat(n)};`),
  'unknown types': inInterface((n, random) => items(n, random, (i) => `fn${i}: func(x: nope${i});`)),
  'unknown types on one line': inInterface((n, random) =>
    items(n, random, (i) => `fn${i}: func(x: nope${i});`, ' '),
  ),
  'missing semicolons': inInterface((n, random) => items(n, random, (i) => `fn${i}: func()`)),
  'names defined twice': inInterface((n) => 'f: func();\n'.repeat(n)),
  'characters without a meaning': inPackage((n) => '§ '.repeat(n)),
  'control characters': inPackage((n) => '\u0000 '.repeat(n)),
  'a cycle of types': inInterface((n, random) => items(n, random, (i) => `type t${i} = t${(i + 1) % n};`)),
  'a cycle of use': inPackage(
    (n, random) => `${items(n, random, (i) => `interface i${i} { use i${(i + 1) % n}.{t}; }`)}\nworld w {}`,
  ),
  'a cycle of include': inPackage(
    (n, random) => `${items(n, random, (i) => `world w${i} { include w${(i + 1) % n}; }`)}\nworld w {}`,
  ),
  'a cycle of packages': inPackage((n, random) =>
    items(n, random, (i) => `package p:x${i} { interface i { use p:x${(i + 1) % n}/i.{t}; } }`),
  ),
};

export const textShapes: Readonly<Record<string, TextShape>> = { ...many, ...chained, ...long, ...mistaken };
