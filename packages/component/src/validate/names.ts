import { isLabel, isLowerLabel, isVersion } from '@wit-ts/model';
import type { ExternName } from '../ast.ts';
import type { EvaluationContext } from '../elaborate/evaluation-context.ts';
import { withArticle } from '../with-article.ts';

/** `canonversion`: what is left of a version when the compatible part is split off. */
const CANON_VERSION = /^(?:[1-9]\d*|0\.[1-9]\d*|0\.0\.[1-9]\d*|0\.0\.0)$/u;

/** Returns the fault of the name of an import or export, or `undefined` for a valid one. */
export function externNameFault(name: string): string | undefined {
  const annotation = /^\[([^\]]*)\](.*)$/su.exec(name);
  if (annotation !== null) return annotatedFault(annotation[1]!, annotation[2]!);
  if (name.includes(':')) return interfaceNameFault(name);
  return labelFault(name);
}

function annotatedFault(annotation: string, rest: string): string | undefined {
  if (annotation === 'constructor') return labelFault(rest);
  if (annotation !== 'method' && annotation !== 'static') {
    return `\`[${annotation}]\` is unknown; the annotations are \`[constructor]\`, \`[method]\` and \`[static]\``;
  }
  const dot = rest.indexOf('.');
  if (dot < 0) return `\`[${annotation}]\` must be followed by a resource, a dot and a name`;
  return labelFault(rest.slice(0, dot)) ?? labelFault(rest.slice(dot + 1));
}

function labelFault(label: string): string | undefined {
  if (isLabel(label)) return undefined;
  return label === '' ? 'the name is empty' : `\`${label}\` is not in kebab case`;
}

/** Returns the fault of an `interfacename`, or `undefined` for a valid one. */
export function interfaceNameFault(name: string): string | undefined {
  const at = name.indexOf('@');
  const path = at < 0 ? name : name.slice(0, at);
  const match = /^([^:/]*):([^:/]*)\/([^:/]*)$/u.exec(path);
  if (match === null) return 'an interface name has the form `namespace:package/interface@version`';
  const [, namespace = '', pkg = '', item = ''] = match;
  for (const words of [namespace, pkg]) {
    if (!isLowerLabel(words)) return `\`${words}\` is not in lower-case kebab case`;
  }
  if (!isLabel(item)) return labelFault(item);
  const version = name.slice(at + 1);
  if (at >= 0 && !isVersion(version) && !CANON_VERSION.test(version))
    return `\`${version}\` is not a version`;
  return undefined;
}

/** Returns the faults of a name's attributes (🏷️ 🔗), which depend on the sort of what it names. */
export function attributeFaults(name: ExternName, sort: string): string[] {
  const faults = (name.repeated ?? []).map(
    (attribute) => `the attribute \`${attribute}\` is given more than once`,
  );
  if (name.implements !== undefined) {
    const fault = interfaceNameFault(name.implements);
    if (fault !== undefined) faults.push(`\`implements\` needs the name of an interface: ${fault}`);
    if (sort !== 'instance') faults.push(`only instances can have \`implements\`, not ${withArticle(sort)}`);
    if (name.name.includes(':'))
      faults.push('`implements` is only for plain names, and this is the name of an interface');
  }
  if (name.versionSuffix !== undefined) {
    if (sort !== 'instance')
      faults.push(`only instances can have \`versionsuffix\`, not ${withArticle(sort)}`);
    const version = /@(.*)$/u.exec(name.name)?.[1];
    if (version === undefined || !CANON_VERSION.test(version))
      faults.push('`versionsuffix` requires a canonical version in the name, such as `@0.2`');
    else if (!isVersion(`${version}${name.versionSuffix}`))
      faults.push(`\`${version}${name.versionSuffix}\` is not a version`);
  }
  return faults;
}

/** Names of one scope that must be strongly unique (`Explainer.md`, "Name Uniqueness"). */
export class UniqueNames {
  readonly #what: string;
  readonly #seen = new Map<string, string>();

  /** @param what what messages call the names: `record field` */
  constructor(what: string) {
    this.#what = what;
  }

  add(context: EvaluationContext, name: string, offset: number): void {
    const key = canonical(name);
    const before = this.#seen.get(key);
    if (before === undefined) {
      this.#seen.set(key, name);
      return;
    }
    const message =
      before === name
        ? `there are two ${this.#what}s \`${name}\``
        : `the ${this.#what}s \`${before}\` and \`${name}\` differ only in letter case or annotation`;
    context.report('name-conflict', message, offset);
  }
}

function canonical(name: string): string {
  const at = name.indexOf('@');
  const lower = at < 0 ? name.toLowerCase() : name.slice(0, at).toLowerCase() + name.slice(at);
  const match = /^\[(?:method|static)\](.*)$/su.exec(lower);
  if (match === null) return lower;
  const [resource, member] = match[1]!.split('.', 2);
  return resource === member ? resource! : match[1]!;
}
