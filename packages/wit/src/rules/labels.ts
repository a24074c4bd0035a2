import type { Span } from '@wit-ts/diagnostics';
import { keywords } from '@wit-ts/model';
import type { Ident } from '../ast/ast.ts';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

const nouns = { field: 'field', case: 'case', flag: 'flag', param: 'parameter' } as const;

/**
 * Fields, cases, flags and parameters must have unique names, ignoring case (`Explainer.md`, "Name Uniqueness").
 * Methods already have a parameter `self`.
 */
export function checkLabels(
  kind: keyof typeof nouns,
  labels: readonly { readonly name: Ident }[],
  resolution: Resolution,
  isMethod = false,
): void {
  if (labels.length <= FEW && differ(labels, isMethod)) return;
  const seen = new Map<string, { name: string; span?: Span }>();
  if (isMethod) seen.set('self', { name: 'self' });
  for (const { name: ident } of labels) {
    const { name, span, wrong } = ident;
    // The author will write another name.
    if (name === '' || (wrong === true && !keywords.has(name))) continue;
    const key = name.toLowerCase();
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, ident);
      continue;
    }
    if (first.name === name) {
      const noun = nouns[kind];
      const message =
        first.span === undefined
          ? 'methods already have a parameter `self`'
          : `${noun} \`${name}\` is defined twice`;
      const help = 'rename it';
      const report = kind === 'param' ? resolution.error : resolution.componentError;
      report.call(resolution, `duplicate-${kind}`, span, message, {
        related: relatedAt('first defined here', first.span),
        help,
      });
    } else {
      resolution.componentError('case-clash', span, `\`${name}\` and \`${first.name}\` differ only in case`, {
        related: relatedAt('first defined here', first.span),
        help: 'rename one of them',
      });
    }
  }
}

/** For at most this many labels, comparing each with each is cheaper than a map. Nearly all lists are that short. */
const FEW = 8;

function differ(labels: readonly { readonly name: Ident }[], isMethod: boolean): boolean {
  for (let i = 0; i < labels.length; i += 1) {
    const { name } = labels[i]!.name;
    if (isMethod && isSame(name, 'self')) return false;
    for (let j = 0; j < i; j += 1) if (isSame(name, labels[j]!.name.name)) return false;
  }
  return true;
}

function isSame(a: string, b: string): boolean {
  return a.length === b.length && (a === b || a.toLowerCase() === b.toLowerCase());
}
