import { hardline, type LayoutNode } from './layout/layout-node.ts';
import type { Module } from './module-layout.ts';

/**
 * Anything that can be printed: text without line breaks, a name or module specifier that depends on the file, text
 * whose lines may break, or a list of these.
 */
export type Printable = string | SymbolNode | LayoutNode | readonly Printable[];

/** What has a text only in a file. */
export type SymbolNode = ImportSymbol | GlobalSymbol | ModuleSpecifier;

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

/** Texts that are in a string literal as they are. */
const PLAIN = /^[\w :@#.,<>()[\]{}|=/+*%;-]*$/u;

/** Returns a text as a string literal, in single quotes only if that saves escapes, as prettier has it. */
export function stringLiteral(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const literal = JSON.stringify(text);
  const count = (quote: string): number => text.split(quote).length - 1;
  if (count('"') <= count("'")) return literal;
  const inner = literal.slice(1, -1).replaceAll(/\\(.)|'/gu, (match, escaped) => {
    if (match === "'") return "\\'";
    return escaped === '"' ? '"' : match;
  });
  return `'${inner}'`;
}

/**
 * Returns code that contains printables: `` code`${name}: ${type};` ``. Line breaks of the template are line breaks of
 * the code. The indentation that all lines but the first have in common is left out.
 */
export function code(strings: TemplateStringsArray, ...parts: readonly Printable[]): Printable {
  const texts = textsOf(strings);
  const all: Printable[] = [];
  for (let i = 0; i < texts.length; i += 1) {
    addPart(all, texts[i]!);
    if (i < parts.length) addPart(all, parts[i]!);
  }
  return all;
}

/** Returns parts as one, which is a string if all parts are strings. */
export function joined(first: Printable, second: Printable, third: Printable = ''): Printable {
  const isText = typeof first === 'string' && typeof second === 'string' && typeof third === 'string';
  if (isText) return first + second + third;
  return third === '' ? [first, second] : [first, second, third];
}

/** Adds a part to others. Texts that follow each other are one text, because large packages have many parts. */
function addPart(all: Printable[], part: Printable): void {
  const last = all.length - 1;
  if (typeof part !== 'string') all.push(part);
  else if (last >= 0 && typeof all[last] === 'string') all[last] += part;
  else if (part !== '') all.push(part);
}

/** The texts of templates with their line breaks as nodes. */
const splitTemplates = new WeakMap<TemplateStringsArray, readonly Printable[]>();

function textsOf(strings: TemplateStringsArray): readonly Printable[] {
  let texts = splitTemplates.get(strings);
  if (texts === undefined) {
    const [, ...lines] = strings.join('$').split('\n');
    const filled = lines.filter((text) => text.trim() !== '');
    const margin = filled.length === 0 ? 0 : Math.min(...filled.map((text) => text.search(/\S/u)));
    texts = strings.map((text) => withLineNodes(text, margin));
    splitTemplates.set(strings, texts);
  }
  return texts;
}

function withLineNodes(text: string, margin: number): Printable {
  if (!text.includes('\n')) return text;
  return text.split('\n').flatMap((part, index) => (index === 0 ? [part] : [hardline, part.slice(margin)]));
}
