import { keywords } from './keywords.ts';
import type { Func, Param, Type, TypeDef, TypeDefKind } from './types.ts';

/** The options of `typeText` and the functions beside it. */
export interface TypeTextOptions {
  /** Returns the text for a mention of a named type. Default: its name, escaped if it is a keyword. */
  readonly nameOf?: (type: TypeDef) => string;
  /**
   * The approximate maximum of characters, 1000 by default. A `…`, which WIT never contains, replaces the rest.
   * Anonymous types of a hostile component can share parts in such a way that their text is exponential.
   */
  readonly limit?: number;
}

/**
 * Prints a type as WIT in one line: `result<list<string>, error>`. It prints the names of named types and the structure
 * of anonymous ones. An `own` handle is the resource's name, which is WIT's shorthand.
 */
export function typeText(type: Type, options: TypeTextOptions = {}): string {
  return mention(type, new TextBudget(options));
}

/**
 * Prints the definition of a named type in one line: `record { id: u64 }`, `resource`, and for `type a = …` the text
 * after the `=`. An owned handle is `own<r>` here, because `type a = r` is another name for the resource itself.
 */
export function typeDefText(def: TypeDef, options: TypeTextOptions = {}): string {
  return structure(def.kind, new TextBudget(options), 'own<');
}

/**
 * Prints the type of a function as WIT in one line: `async func(path: string) -> result<file, error>`. As in WIT, the
 * implied `self` of a method and the implied result of a constructor are left out.
 */
export function funcText(func: Func, options: TypeTextOptions = {}): string {
  const { kind, params, result, async } = func;
  const shown = kind.tag === 'method' ? params.slice(1) : params;
  const given = result === undefined || isImplied(func, result) ? undefined : result;
  const text = signature(shown, given, new TextBudget(options));
  if (kind.tag === 'constructor') return `constructor${text}`;
  return `${kind.tag === 'static' ? 'static ' : ''}${async ? 'async ' : ''}func${text}`;
}

/** Prints the type of a freestanding function, like `funcText`. */
export function funcTypeText(
  { params, result, async }: Pick<Func, 'params' | 'result' | 'async'>,
  options: TypeTextOptions = {},
): string {
  return `${async ? 'async ' : ''}func${signature(params, result, new TextBudget(options))}`;
}

function signature(params: readonly Param[], result: Type | undefined, budget: TextBudget): string {
  const text = listText(params, ({ name, type }) => `${label(name, budget)}: ${mention(type, budget)}`);
  return result === undefined ? `(${text})` : `(${text}) -> ${mention(result, budget)}`;
}

/** Prints a name as WIT writes it, with a `%` before keywords. */
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

/** WIT cannot nest types deeper than this, and a component that does must not exhaust the stack. */
const DEPTH_LIMIT = 100;

function plainName({ name = 'resource' }: TypeDef): string {
  return idText(name);
}

/** Limits the length and depth of a text. */
class TextBudget {
  readonly nameOf: (type: TypeDef) => string;
  #left: number;
  #depth = 0;

  constructor(options: TypeTextOptions) {
    // Own properties only, as `withoutPrototype` has it, but without a copy for each type of a large world.
    this.nameOf = (Object.hasOwn(options, 'nameOf') ? options.nameOf : undefined) ?? plainName;
    this.#left = (Object.hasOwn(options, 'limit') ? options.limit : undefined) ?? 1000;
  }

  /** Counts a name or keyword. Returns the mark in its place once the budget is used up. */
  spend(text: string): string {
    this.#left -= text.length;
    return this.#left < 0 ? CUT : text;
  }

  /** Begins a nested type, which `leave` ends. Returns false if the text has no room for it. */
  enter(): boolean {
    if (this.#left < 0 || this.#depth === DEPTH_LIMIT) return false;
    this.#depth += 1;
    return true;
  }

  leave(): void {
    this.#depth -= 1;
  }
}

function mention(type: Type, budget: TextBudget): string {
  if (typeof type === 'string') return budget.spend(type);
  if (type.name !== undefined) return budget.spend(budget.nameOf(type));
  if (!budget.enter()) return CUT;
  const text = structure(type.kind, budget, '');
  budget.leave();
  return text;
}

function structure(kind: TypeDefKind, budget: TextBudget, own: '' | 'own<'): string {
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
      return tuple(kind.types, budget);
    case 'option':
      return angles('option', kind.type, undefined, budget);
    case 'result':
      return angles('result', kind.ok ?? (kind.err === undefined ? undefined : '_'), kind.err, budget);
    case 'list':
      return angles('list', kind.element, undefined, budget);
    case 'fixed-length-list':
      return `list<${mention(kind.element, budget)}, ${kind.length}>`;
    case 'map':
      return angles('map', kind.key, kind.value, budget);
    case 'future':
    case 'stream':
      return angles(kind.tag, kind.payload, undefined, budget);
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

function label(name: string, budget: TextBudget): string {
  return budget.spend(idText(name));
}

function mentionResource(resource: TypeDef, budget: TextBudget): string {
  return budget.spend(budget.nameOf(resource));
}

function angles(
  keyword: string,
  first: Type | '_' | undefined,
  second: Type | undefined,
  budget: TextBudget,
): string {
  const start = budget.spend(keyword);
  if (first === undefined) return start;
  const text = first === '_' ? first : mention(first, budget);
  return second === undefined ? `${start}<${text}>` : `${start}<${text}, ${mention(second, budget)}>`;
}

function tuple(types: readonly Type[], budget: TextBudget): string {
  const start = budget.spend('tuple');
  return types.length === 0 ? start : `${start}<${listText(types, (type) => mention(type, budget))}>`;
}

function braces<T>(
  keyword: string,
  items: readonly T[],
  budget: TextBudget,
  write: (item: T) => string,
): string {
  const start = budget.spend(keyword);
  return items.length === 0 ? `${start} {}` : `${start} { ${listText(items, write)} }`;
}

function listText<T>(items: readonly T[], write: (item: T) => string): string {
  let text = '';
  let separator = '';
  for (const item of items) {
    text += separator + write(item);
    separator = ', ';
  }
  return text;
}
