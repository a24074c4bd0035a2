import type { Module } from './module-layout.ts';

/** Anything that can be printed: text, a name or module specifier that depends on the file, or a list of these. */
export type Printable = string | ImportSymbol | GlobalSymbol | ModuleSpecifier | readonly Printable[];

/**
 * A name that another module exports. A file imports it if it is printed there, and renames it if the file has
 * another item of that name.
 */
export interface ImportSymbol {
  readonly tag: 'import';
  readonly name: string;
  /** The specifier of a package's module, or a generated module. */
  readonly from: string | Module;
  readonly kind: 'type' | 'value';
  /** Local names, best first. If two symbols have the same first name, both get their next one. */
  readonly aliases: readonly [string, ...string[]];
  /** True if the file exports the type under the first alias, which no other item of the file can have then. */
  readonly isExported?: boolean;
}

/** A type or value of the platform. If a WIT type of the file has its name, it is printed as `globalThis.Map`. */
interface GlobalSymbol {
  readonly tag: 'global';
  readonly name: string;
}

/** The specifier by which a file imports another generated file. */
interface ModuleSpecifier {
  readonly tag: 'specifier';
  readonly of: Module;
}

export function globalType(name: string): GlobalSymbol {
  return { tag: 'global', name };
}

/** Returns the items with a separator between them. */
export function joinPrintables(items: readonly Printable[], separator: string): Printable {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
}

/** Returns a text as a string literal. */
export function stringLiteral(text: string): string {
  return JSON.stringify(text);
}

/** Returns code that contains printables: `` code`${name}: ${type};` ``. */
export function code(strings: TemplateStringsArray, ...parts: readonly Printable[]): Printable {
  return strings.flatMap((text, i) => (i === 0 ? [text] : [parts[i - 1]!, text]));
}
