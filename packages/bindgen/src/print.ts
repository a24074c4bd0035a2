import type { Module } from './layout.ts';

/** What can be printed: text, a name or a module that is written differently in each file, or several of these. */
export type Printable = string | ImportSymbol | GlobalSymbol | ModuleSpecifier | readonly Printable[];

/**
 * A name that another module exports. It is imported only where it is printed, and renamed where the file has the name
 * already.
 */
export interface ImportSymbol {
  readonly tag: 'import';
  readonly name: string;
  /** A package's module, or a generated one. */
  readonly from: string | Module;
  readonly kind: 'type' | 'value';
  /** What to call it here, best first. Where two symbols want one name, both take their next. */
  readonly aliases: readonly [string, ...string[]];
}

/** A type that the platform declares. A WIT type may be called `map`; then the file says `globalThis.Map`. */
export interface GlobalSymbol {
  readonly tag: 'global';
  readonly name: string;
}

/** Another generated file, as an import names it. */
export interface ModuleSpecifier {
  readonly tag: 'specifier';
  readonly of: Module;
}

export function globalType(name: string): GlobalSymbol {
  return { tag: 'global', name };
}

/** The items with a separator in between. */
export function join(items: readonly Printable[], separator: string): Printable {
  return items.flatMap((item, i) => (i === 0 ? [item] : [separator, item]));
}

/** A text as a string literal. */
export function literal(text: string): string {
  return JSON.stringify(text);
}

/** Code with names in it: `` code`${name}: ${type};` ``. */
export function code(strings: TemplateStringsArray, ...parts: readonly Printable[]): Printable {
  return strings.flatMap((text, i) => (i === 0 ? [text] : [parts[i - 1]!, text]));
}
