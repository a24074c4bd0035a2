import type { Span } from '@wit-ts/diagnostics';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

export interface Named {
  readonly name: string;
  readonly span: Span | undefined;
}

/**
 * Names of one scope must be strongly unique (`Explainer.md`, "Name Uniqueness"): not differ in case alone, and a method
 * must neither be called as its resource nor as a static function of it. Equal names are another rule's business.
 * For names of worlds, which are names in the text format too, this holds always.
 */
export function checkUnique(
  names: readonly Named[],
  resolution: Resolution,
  when: 'always' | 'encodable' = 'encodable',
): void {
  const seen = new Map<string, Named>();
  for (const named of names) {
    const key = canonicalName(named.name);
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, named);
      continue;
    }
    if (first.name === named.name) continue;
    const [left, right] = [plain(named.name), plain(first.name)];
    // A method and a static function of one name.
    if (left === right && left.includes('.')) continue;
    const caseOnly = left !== right && left.toLowerCase() === right.toLowerCase();
    const message = caseOnly
      ? `\`${left}\` and \`${right}\` differ only in case`
      : `\`${left}\` and \`${right}\` are the same name in a component`;
    const report = when === 'always' && caseOnly ? resolution.error : resolution.componentError;
    report.call(resolution, caseOnly ? 'case-clash' : 'name-clash', named.span, message, {
      related: relatedAt('first defined here', first.span),
      help: 'rename one of them',
    });
  }
}

/** Two names are strongly unique where these differ. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  const member = /^\[(?:method|static)\](.*)\.(.*)$/u.exec(lower);
  if (member !== null) return member[1] === member[2] ? member[1]! : `${member[1]}.${member[2]}`;
  return lower.startsWith('[constructor]') ? lower : lower.replace(/^\[[^\]]*\]/u, '');
}

function plain(name: string): string {
  return name.replace(/^\[[^\]]*\]/u, '');
}
