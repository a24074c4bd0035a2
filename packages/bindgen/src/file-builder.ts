import { NameClaims } from '@wit-ts/mapping';
import type { Module } from './module-layout.ts';
import { specifierList } from './layout/declaration-layout.ts';
import { layOut, withBlankLines } from './layout/lay-out.ts';
import { addImports, hardline } from './layout/layout-node.ts';
import { code, stringLiteral, type ImportSymbol, type Printable, type SymbolNode } from './printable.ts';

/**
 * A file that is being written. Names of other modules are printed as symbols. `finish` gives each symbol a name in
 * this file and imports it, so a file imports exactly what it prints.
 */
export class FileBuilder {
  readonly #declared: string[];
  readonly #body: Printable[] = [];

  /** @param declared the names that the file declares */
  constructor(declared: Iterable<string> = []) {
    this.#declared = [...declared];
  }

  /** Adds names that the file declares. */
  declare(names: Iterable<string>): void {
    this.#declared.push(...names);
  }

  /** True if nothing was printed: an interface may consist only of types that it uses from others. */
  get isEmpty(): boolean {
    return this.#body.length === 0;
  }

  /** The symbols that were printed. */
  get imported(): Iterable<ImportSymbol> {
    const symbols = new Set<ImportSymbol>();
    addImports(this.#body, symbols);
    return symbols;
  }

  /** Adds text and a line break; adds nothing if there are no parts. */
  print(...parts: readonly Printable[]): void {
    if (parts.length > 0) this.#body.push(parts, hardline);
  }

  /** Returns the imports and the body. @param specifier how this file names another module */
  finish(specifier: SpecifierOf, { depth = 0, reopens = false }: FinishOptions = {}): string {
    const lines = (parts: readonly Printable[], nameOf: TextOf): string =>
      layOut(parts, { textOf: nameOf, depth, reopens });
    const first = new FirstNames(this.#declared, specifier);
    let body = lines(this.#body, first.textOf);
    let imports = first.imports();
    if (imports === undefined) {
      const names = this.#nameSymbols();
      body = lines(this.#body, (symbol) => textOf(symbol, names, specifier));
      imports = names.imports;
    }
    if (imports.length === 0) return body;
    const statements = [...groupByModule(imports, specifier)]
      .sort(([a], [b]) => rank(a) - rank(b) || compare(a, b))
      .map(([from, symbols]) => [importStatement(from, symbols), hardline]);
    return withBlankLines([lines(statements, String), body]);
  }

  #nameSymbols(): Names {
    const printed = new Set<ImportSymbol>();
    addImports(this.#body, printed);
    const symbols = distinct(printed);
    const exported = [...symbols.values()].flatMap(({ isExported, aliases }) =>
      isExported ? [aliases[0]] : [],
    );
    const reserved = [...this.#declared, ...exported];
    const wanted = new Map<string, number>();
    for (const name of this.#declared) wanted.set(name, 1);
    for (const { aliases } of symbols.values()) wanted.set(aliases[0], (wanted.get(aliases[0]) ?? 0) + 1);
    const taken = new NameClaims(reserved);
    const imports: NamedImport[] = [];
    const locals = new Map<string, string>();
    for (const [key, symbol] of symbols) {
      const [first, ...others] = symbol.aliases;
      const isContested = wanted.get(first)! > 1;
      const [next = first, ...last] = isContested ? others : [];
      const local = symbol.isExported ? first : taken.claim(next, ...last);
      imports.push({ symbol, local });
      locals.set(key, local);
    }
    return {
      imports,
      locals: new Map([...printed].map((symbol) => [symbol, locals.get(keyOf(symbol))!])),
      taken,
    };
  }
}

type TextOf = (symbol: SymbolNode) => string;

/**
 * Gives each symbol the first name that it would have, while the file is laid out. In nearly all files no two things
 * have one name, so that the symbols need not be found before.
 */
class FirstNames {
  readonly #declared: ReadonlySet<string>;
  readonly #specifier: SpecifierOf;
  readonly #printed = new Set<ImportSymbol>();
  readonly #globals = new Set<string>();

  constructor(declared: Iterable<string>, specifier: SpecifierOf) {
    this.#declared = new Set(declared);
    this.#specifier = specifier;
  }

  /** Returns the first name of a symbol, and remembers it. */
  readonly textOf = (symbol: SymbolNode): string => {
    switch (symbol.tag) {
      case 'import':
        this.#printed.add(symbol);
        return symbol.aliases[0];
      case 'global':
        this.#globals.add(symbol.name);
        return symbol.name;
      case 'specifier':
        return stringLiteral(this.#specifier(symbol.of));
    }
  };

  /** Returns the imports of the symbols that were printed; `undefined` if a name has two meanings. */
  imports(): readonly NamedImport[] | undefined {
    const taken = new Set(this.#declared);
    const imports = Array.from(distinct(this.#printed).values(), (symbol): NamedImport => ({
      symbol,
      local: symbol.aliases[0],
    }));
    // What the file exports is declared in it already.
    for (const { symbol, local } of imports) if (symbol.isExported) taken.add(local);
    for (const { symbol, local } of imports) {
      if (symbol.isExported) continue;
      if (taken.has(local)) return undefined;
      taken.add(local);
    }
    for (const name of this.#globals) if (taken.has(name)) return undefined;
    return imports;
  }
}

/** How the text of a file is laid out. */
interface FinishOptions {
  /** How deep it is indented. */
  readonly depth?: number;
  /** Whether it is laid out as if it were laid out before; see `layOut`. */
  readonly reopens?: boolean;
}

/** Returns the specifier by which a file names another module. */
type SpecifierOf = (from: string | Module) => string;

interface NamedImport {
  readonly symbol: ImportSymbol;
  readonly local: string;
}

interface Names {
  readonly imports: readonly NamedImport[];
  /** The local name of each symbol that was printed. */
  readonly locals: ReadonlyMap<ImportSymbol, string>;
  readonly taken: NameClaims;
}

function keyOf(symbol: ImportSymbol): string {
  const from = typeof symbol.from === 'string' ? symbol.from : symbol.from.path;
  return `${from}\n${symbol.name}\n${symbol.aliases[0]}`;
}

/** Returns one symbol for each name that is imported, by its key: the one that the file exports, if there is one. */
function distinct(printed: Iterable<ImportSymbol>): ReadonlyMap<string, ImportSymbol> {
  const symbols = new Map<string, ImportSymbol>();
  for (const symbol of printed) {
    const key = keyOf(symbol);
    if (symbol.isExported || !symbols.has(key)) symbols.set(key, symbol);
  }
  return symbols;
}

function textOf(symbol: SymbolNode, names: Names, specifier: SpecifierOf): string {
  switch (symbol.tag) {
    case 'import':
      return names.locals.get(symbol)!;
    case 'global':
      return names.taken.has(symbol.name) ? `globalThis.${symbol.name}` : symbol.name;
    case 'specifier':
      return stringLiteral(specifier(symbol.of));
  }
}

function groupByModule(imports: Names['imports'], specifier: SpecifierOf): Map<string, NamedImport[]> {
  const groups = new Map<string, NamedImport[]>();
  for (const item of imports) {
    const from = specifier(item.symbol.from);
    const group = groups.get(from);
    if (group === undefined) groups.set(from, [item]);
    else group.push(item);
  }
  return groups;
}

function importStatement(from: string, items: readonly NamedImport[]): Printable {
  const typesOnly = items.every((item) => item.symbol.kind === 'type');
  const names = items
    .map(({ symbol, local }) => ({
      symbol,
      local,
      mark: typesOnly || symbol.kind === 'value' ? '' : 'type ',
    }))
    .sort(
      (a, b) =>
        compare(a.symbol.name.toLowerCase(), b.symbol.name.toLowerCase()) || compare(a.local, b.local),
    )
    .map(({ symbol, local, mark }) => `${mark}${symbol.name}${symbol.name === local ? '' : ` as ${local}`}`);
  return code`import ${typesOnly ? 'type ' : ''}${specifierList(names)} from ${stringLiteral(from)};`;
}

/** Sorts modules of packages before generated modules. */
function rank(specifier: string): number {
  return specifier.startsWith('.') ? 1 : 0;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
