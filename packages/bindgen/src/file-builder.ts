import { NameClaims } from '@wit-ts/mapping';
import type { Module } from './module-layout.ts';
import { stringLiteral, type ImportSymbol, type Printable } from './printable.ts';

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
    const symbols = new Map<string, ImportSymbol>();
    collect(this.#body, symbols);
    return symbols.values();
  }

  /** Adds text and a line break; adds nothing if there are no parts. */
  print(...parts: readonly Printable[]): void {
    if (parts.length > 0) this.#body.push(parts, '\n');
  }

  /** Returns the imports and the body as unformatted text. @param specifier how this file names another module */
  finish(specifier: SpecifierOf): string {
    const names = this.#nameSymbols();
    const body = this.#body.map((part) => render(part, names, specifier)).join('');
    const imports = [...groupByModule(names.imports, specifier)]
      .sort(([a], [b]) => rank(a) - rank(b) || compare(a, b))
      .map(([from, symbols]) => importStatement(from, symbols));
    return `${imports.join('')}${imports.length === 0 ? '' : '\n'}${body}`;
  }

  #nameSymbols(): Names {
    const symbols = new Map<string, ImportSymbol>();
    collect(this.#body, symbols);
    const exported = [...symbols.values()].flatMap(({ isExported, aliases }) =>
      isExported ? [aliases[0]] : [],
    );
    const reserved = [...this.#declared, ...exported];
    const wanted = new Map<string, number>();
    for (const name of this.#declared) wanted.set(name, 1);
    for (const { aliases } of symbols.values()) wanted.set(aliases[0], (wanted.get(aliases[0]) ?? 0) + 1);
    const table = new NameClaims(reserved);
    const imports = new Map<string, NamedImport>();
    for (const [key, symbol] of symbols) {
      const [first, ...others] = symbol.aliases;
      if (symbol.isExported) {
        imports.set(key, { symbol, local: first });
        continue;
      }
      const contested = wanted.get(first)! > 1;
      const [next = first, ...last] = contested ? others : [];
      const local = table.claim(next, ...last);
      imports.set(key, { symbol, local });
    }
    return { imports, taken: table };
  }
}

/** Returns the specifier by which a file names another module. */
type SpecifierOf = (from: string | Module) => string;

interface NamedImport {
  readonly symbol: ImportSymbol;
  readonly local: string;
}

interface Names {
  readonly imports: ReadonlyMap<string, NamedImport>;
  readonly taken: NameClaims;
}

function keyOf(symbol: ImportSymbol): string {
  const from = typeof symbol.from === 'string' ? symbol.from : symbol.from.path;
  return `${from}\n${symbol.name}\n${symbol.aliases[0]}`;
}

function collect(part: Printable, into: Map<string, ImportSymbol>): void {
  if (typeof part === 'string') return;
  if (!('tag' in part)) for (const item of part) collect(item, into);
  else if (part.tag === 'import' && (part.isExported || !into.has(keyOf(part)))) into.set(keyOf(part), part);
}

function render(part: Printable, names: Names, specifier: SpecifierOf): string {
  if (typeof part === 'string') return part;
  if (!('tag' in part)) return part.map((item) => render(item, names, specifier)).join('');
  switch (part.tag) {
    case 'import':
      return names.imports.get(keyOf(part))!.local;
    case 'global':
      return names.taken.has(part.name) ? `globalThis.${part.name}` : part.name;
    case 'specifier':
      return stringLiteral(specifier(part.of));
  }
}

function groupByModule(imports: Names['imports'], specifier: SpecifierOf): Map<string, NamedImport[]> {
  const groups = new Map<string, NamedImport[]>();
  for (const item of imports.values()) {
    const from = specifier(item.symbol.from);
    const group = groups.get(from);
    if (group === undefined) groups.set(from, [item]);
    else group.push(item);
  }
  return groups;
}

function importStatement(from: string, items: readonly NamedImport[]): string {
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
  return `import ${typesOnly ? 'type ' : ''}{ ${names.join(', ')} } from ${stringLiteral(from)};\n`;
}

/** Sorts modules of packages before generated modules. */
function rank(specifier: string): number {
  return specifier.startsWith('.') ? 1 : 0;
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
