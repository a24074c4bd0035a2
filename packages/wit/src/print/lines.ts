import type { Docs } from '@wit-ts/model';
import { docsText } from '../ast/docs.ts';

/** Printed text as a list of lines without line ends; an empty string is a blank line. */
export type Lines = readonly string[];

/** Returns `head {`, the body indented by two spaces, and `}`. */
export function block(head: string, body: Lines): Lines {
  return [`${head} {`, ...body.map((line) => (line === '' ? '' : `  ${line}`)), '}'];
}

/** Joins the groups that are not empty, with a blank line between them. */
export function spaced(groups: Iterable<Lines>): Lines {
  const lines: string[] = [];
  for (const group of groups) {
    if (group.length === 0) continue;
    if (lines.length > 0) lines.push('');
    for (const line of group) lines.push(line);
  }
  return lines;
}

/**
 * Returns documentation as `///` lines, without what these cannot keep: white space at the ends of lines, blank lines
 * at the end, and white space that all lines begin with. Components can have it.
 */
export function docLines(docs: Docs | undefined): Lines {
  if (docs === undefined) return [];
  const text = docs.contents.replaceAll('\r\n', '\n').replace(FORBIDDEN, '\u{fffd}');
  const kept = docsText(text.split('\n').map((line) => `/// ${line}`));
  if (kept === '') return [];
  return kept.split('\n').map((line) => (line === '' ? '///' : `/// ${line}`));
}

/**
 * The characters that WIT forbids everywhere, comments included. Documentation read from a component may contain them,
 * but printed text must be readable as WIT and safe on a terminal.
 */
const FORBIDDEN =
  /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]|\u0149|\u0673|\u0f77|\u0f79|\u17a3|\u17a4|\u17b4|\u17b5/gu;
