import { withArticle } from '../with-article.ts';

function outOfBounds(what: string, index: number, count: number): string {
  return count === 0
    ? `${what} ${index} does not exist: no ${what} is defined before this`
    : `${what} ${index} does not exist: the last one defined before this is ${count - 1}`;
}

/** Returns the name of a type in messages, by the tag of its node: `a value type`, `a resource`. */
export function typeNodeText(tag: string): string {
  if (tag === 'resource') return 'a resource';
  const kind = tag === 'defined' ? 'value' : tag === 'func' ? 'function' : tag;
  return withArticle(`${kind} type`);
}

/**
 * The messages of the faults that an evaluation finds, by code. An evaluation receives them as an option, because a
 * page that runs components need not load them at once.
 */
export const faultTexts = {
  'index-out-of-bounds': outOfBounds,
  'wrong-sort': (
    sort: string,
    found?: { readonly name: string; readonly instance: number; readonly sort: string },
  ) =>
    found === undefined
      ? `${withArticle(sort)} can be neither an argument of an instantiation nor an export`
      : `export \`${found.name}\` of instance ${found.instance} is ${withArticle(found.sort)}, not ${withArticle(sort)}`,
  'wrong-type-sort': (index: number, type?: { readonly found: string; readonly needed: string }) =>
    type === undefined
      ? `core type ${index} is not a module type`
      : `type ${index} is ${typeNodeText(type.found)}, but ${typeNodeText(type.needed)} is needed here`,
  'not-a-value-type': (index: number, found: string) =>
    `type ${index} is ${typeNodeText(found)}, but a value type is needed here`,
  'not-a-resource': (what: string, index: number, found: string) =>
    `\`${what}\` needs a resource, but type ${index} is ${typeNodeText(found)}`,
  'type-too-deep': (most: number) => `types are nested more than ${most} levels deep`,
  // `suggestions.ts` replaces this text by one that suggests one of the exports.
  'no-such-export': (name: string, instance: number, _exports: Iterable<string>) =>
    `instance ${instance} exports no \`${name}\``,
  'outer-alias-count': (count: number) => `there is no scope ${count} levels out from here`,
  'wrong-alias-sort': (sort: string) => `${withArticle(sort)} cannot be aliased from an outer scope`,
  'too-complex': (most: number) =>
    `the component is too complex: its instantiations unfold to more than ${most} definitions and parts of types`,
  'instantiations-too-deep': (most: number) => `instantiations are nested more than ${most} levels deep`,
  'instances-too-deep': (most: number) => `instances export instances more than ${most} levels deep`,
};

export type FaultTexts = typeof faultTexts;
