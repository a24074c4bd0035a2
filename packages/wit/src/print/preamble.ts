import { isVersion, type Docs, type Stability } from '@wit-ts/model';
import { docLines, type Lines } from './lines.ts';
import type { Printer } from './printer.ts';

/** Returns the lines before an item: documentation, gates and the external id, in the order of the reference. */
export function preamble(item: ItemAnnotations, printer: Printer): Lines {
  return [
    ...(printer.docs ? docLines(item.docs) : []),
    ...stabilityLines(item.stability),
    ...(item.externalId === undefined ? [] : [`@external-id("${escaped(item.externalId)}")`]),
  ];
}

interface ItemAnnotations {
  readonly docs?: Docs | undefined;
  readonly stability?: Stability | undefined;
  readonly externalId?: string | undefined;
}

function stabilityLines(stability: Stability | undefined): Lines {
  if (stability === undefined) return [];
  const gate =
    stability.tag === 'stable'
      ? `@since(version = ${version(stability.since)})`
      : `@unstable(feature = ${feature(stability.feature)})`;
  return stability.deprecated === undefined
    ? [gate]
    : [gate, `@deprecated(version = ${version(stability.deprecated)})`];
}

/* Gates may come from a custom section of a component, which can hold any text. It must not turn into other WIT. */

function version(text: string): string {
  if (isVersion(text)) return text;
  throw new RangeError(
    `the version ${JSON.stringify(text)} of a gate cannot be written as WIT; it must be like 1.2.3`,
  );
}

function feature(text: string): string {
  if (/^[a-z][a-z\d]*(-[a-z\d]+)*$/iu.test(text)) return text;
  throw new RangeError(
    `the feature ${JSON.stringify(text)} of a gate cannot be written as WIT; it must be a name`,
  );
}

const escapes: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['"', '\\"'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);

/** Returns the text of a string literal, in which all but plain ASCII is escaped as the reference does. */
function escaped(text: string): string {
  return text.replace(
    /[^\w\-./: ]/gu,
    (char) => escapes.get(char) ?? `\\u{${char.codePointAt(0)!.toString(16)}}`,
  );
}
