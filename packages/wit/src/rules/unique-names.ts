import type { Span } from '@wit-ts/diagnostics';
import { relatedAt, type Resolution } from '../resolve/resolution.ts';

export interface Named {
  readonly name: string;
  readonly span: Span | undefined;
}

/**
 * Names of one scope must be strongly unique (`Explainer.md`, "Name Uniqueness"): they must not differ in case only,
 * and a method must not have the name of its resource or of one of its static functions. Equal names are left to
 * another rule. For names of worlds, this rule belongs to the text format and always applies.
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
    // A method and a static function with the same name, which another rule reports.
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

/** Returns a form of the name that is different for two names exactly if they are strongly unique. */
function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  if (!lower.startsWith('[')) return lower;
  const member = /^\[(?:method|static)\](.*)\.(.*)$/u.exec(lower);
  if (member !== null) return member[1] === member[2] ? member[1]! : `${member[1]}.${member[2]}`;
  return lower.startsWith('[constructor]') ? lower : lower.replace(/^\[[^\]]*\]/u, '');
}

function plain(name: string): string {
  return name.replace(/^\[[^\]]*\]/u, '');
}
