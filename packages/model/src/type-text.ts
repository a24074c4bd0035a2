import { keywords } from './keywords.ts';
import type { Func, Param, Type, TypeDef, TypeDefKind } from './types.ts';

export interface TypeTextOptions {
  /** How a named type is mentioned. By default by its name, escaped where that is a keyword. */
  readonly nameOf?: (type: TypeDef) => string;
  /**
   * About how many characters to write at most, 1000 by default. What is beyond is left out with a `…`, which is found in
   * no WIT. Anonymous types of a hostile component can share parts so that their text is exponential.
   */
  readonly limit?: number;
}

/**
 * A type as WIT in one line: `result<list<string>, error>`. Named types are given by name, anonymous ones by structure;
 * `own` handles as the resource's name, which is WIT's shorthand.
 */
export function typeText(type: Type, options: TypeTextOptions = {}): string {
  return mention(type, new Budget(options));
}

/**
 * What WIT says of a named type, in one line: `record { id: u64 }`, `resource`, and for what WIT declares by `type a = …`
 * the text after the `=`. An owned handle is `own<r>` here, since `type a = r` is another name for the resource itself.
 */
export function typeDefText(def: TypeDef, options: TypeTextOptions = {}): string {
  return structure(def.kind, new Budget(options), 'own<');
}

/**
 * A function's type as WIT in one line: `async func(path: string) -> result<file, error>`. The implied `self` of a method
 * and the implied result of a constructor are left out, as in WIT.
 */
export function funcText(func: Func, options: TypeTextOptions = {}): string {
  const { kind, params, result, async } = func;
  const shown = kind.tag === 'method' ? params.slice(1) : params;
  const given = result === undefined || isImplied(func, result) ? undefined : result;
  const text = signature(shown, given, new Budget(options));
  if (kind.tag === 'constructor') return `constructor${text}`;
  return `${kind.tag === 'static' ? 'static ' : ''}${async ? 'async ' : ''}func${text}`;
}

/** The type of a function that belongs to nothing, as `funcText` writes it. */
export function funcTypeText(
  { params, result, async }: Pick<Func, 'params' | 'result' | 'async'>,
  options: TypeTextOptions = {},
): string {
  return `${async ? 'async ' : ''}func${signature(params, result, new Budget(options))}`;
}

function signature(params: readonly Param[], result: Type | undefined, budget: Budget): string {
  const text = params.map(({ name, type }) => `${label(name, budget)}: ${mention(type, budget)}`).join(', ');
  return result === undefined ? `(${text})` : `(${text}) -> ${mention(result, budget)}`;
}

/** A name as WIT writes it: `%` before those that are keywords. */
export function idText(name: string): string {
  return keywords.has(name) ? `%${name}` : name;
}

function isImplied(func: Func, result: Type): boolean {
  if (func.kind.tag !== 'constructor' || typeof result === 'string') return false;
  return (
    result.name === undefined && result.kind.tag === 'own' && result.kind.resource === func.kind.resource
  );
}

const CUT = '…';

/** Types cannot be written deeper than this in WIT; a component that nests deeper must not exhaust the stack. */
const DEPTH_LIMIT = 100;

class Budget {
  readonly nameOf: (type: TypeDef) => string;
  #left: number;
  #depth = 0;

  constructor({ nameOf, limit = 1000 }: TypeTextOptions) {
    this.nameOf = nameOf ?? ((type) => idText(type.name ?? 'resource'));
    this.#left = limit;
  }

  /** Counts a name or keyword, and gives the mark in its place once the budget is used up. */
  spend(text: string): string {
    this.#left -= text.length;
    return this.#left < 0 ? CUT : text;
  }

  nest(write: () => string): string {
    if (this.#left < 0 || this.#depth === DEPTH_LIMIT) return CUT;
    this.#depth += 1;
    const text = write();
    this.#depth -= 1;
    return text;
  }
}

function mention(type: Type, budget: Budget): string {
  if (typeof type === 'string') return budget.spend(type);
  if (type.name !== undefined) return budget.spend(budget.nameOf(type));
  return budget.nest(() => structure(type.kind, budget, ''));
}

function structure(kind: TypeDefKind, budget: Budget, own: '' | 'own<'): string {
  switch (kind.tag) {
    case 'record':
      return braces(
        'record',
        kind.fields,
        budget,
        ({ name, type }) => `${label(name, budget)}: ${mention(type, budget)}`,
      );
    case 'variant':
      return braces('variant', kind.cases, budget, ({ name, type }) =>
        type === undefined ? label(name, budget) : `${label(name, budget)}(${mention(type, budget)})`,
      );
    case 'flags':
      return braces('flags', kind.flags, budget, ({ name }) => label(name, budget));
    case 'enum':
      return braces('enum', kind.cases, budget, ({ name }) => label(name, budget));
    case 'tuple':
      return angles('tuple', kind.types, budget);
    case 'option':
      return angles('option', [kind.type], budget);
    case 'result':
      return angles('result', kind.err === undefined ? [kind.ok] : [kind.ok ?? '_', kind.err], budget);
    case 'list':
      return angles('list', [kind.element], budget);
    case 'fixed-length-list':
      return `list<${mention(kind.element, budget)}, ${kind.length}>`;
    case 'map':
      return angles('map', [kind.key, kind.value], budget);
    case 'future':
    case 'stream':
      return angles(kind.tag, [kind.payload], budget);
    case 'own':
      return own === ''
        ? mentionResource(kind.resource, budget)
        : `own<${mentionResource(kind.resource, budget)}>`;
    case 'borrow':
      return `borrow<${mentionResource(kind.resource, budget)}>`;
    case 'resource':
      return budget.spend('resource');
    case 'alias':
      return mention(kind.type, budget);
  }
}

function label(name: string, budget: Budget): string {
  return budget.spend(idText(name));
}

function mentionResource(resource: TypeDef, budget: Budget): string {
  return budget.spend(budget.nameOf(resource));
}

function angles(keyword: string, types: readonly (Type | '_' | undefined)[], budget: Budget): string {
  const present = types.filter((type) => type !== undefined);
  const start = budget.spend(keyword);
  if (present.length === 0) return start;
  return `${start}<${present.map((type) => (type === '_' ? type : mention(type, budget))).join(', ')}>`;
}

function braces<T>(keyword: string, items: readonly T[], budget: Budget, write: (item: T) => string): string {
  const start = budget.spend(keyword);
  return items.length === 0 ? `${start} {}` : `${start} { ${items.map(write).join(', ')} }`;
}
