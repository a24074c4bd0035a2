import type { Label, Mismatch } from './mismatch.ts';
import type { Pair, ResourcePairs } from './resource-match.ts';
import { typeDefText, typeText } from './type-text.ts';
import type { Type, TypeDef, TypeDefKind } from './types.ts';
import { resourceOf, unalias } from './unalias.ts';

interface Labelled {
  readonly name: string;
  readonly type?: Type;
}

const MAX_DEPTH = 500;

/**
 * Equality of types (`Explainer.md`, "Type Checking": structural, but for resources), which says all that differs. Every
 * pair of definitions is compared once, so a difference is reported where it is first met.
 */
export class TypeMatch {
  readonly #pair: Pair;
  readonly #resources: ResourcePairs;
  readonly #report: (mismatch: Mismatch) => void;
  readonly #known: Map<TypeDef, Map<TypeDef, boolean>>;
  #depth = 0;

  constructor(
    pair: Pair,
    resources: ResourcePairs,
    known: Map<TypeDef, Map<TypeDef, boolean>>,
    report: (mismatch: Mismatch) => void,
  ) {
    this.#pair = pair;
    this.#resources = resources;
    this.#known = known;
    this.#report = report;
  }

  /** Compares two definitions of one name. */
  definitions(expected: TypeDef, found: TypeDef, path: readonly string[]): boolean {
    const [left, right] = [unalias(expected), unalias(found)];
    const comparable =
      typeof left === 'object' &&
      typeof right === 'object' &&
      left.kind.tag === right.kind.tag &&
      left.name !== undefined;
    return this.compare(expected, found, comparable ? path : [...path, `type ${expected.name}`]);
  }

  /** Compares two mentions of types. */
  compare(expected: Type, found: Type, path: readonly string[]): boolean {
    const left = unalias(expected);
    const right = unalias(found);
    if (typeof left === 'string' || typeof right === 'string') {
      return left === right || this.#different(expected, found, path);
    }
    let partners = this.#known.get(left);
    if (partners === undefined) this.#known.set(left, (partners = new Map()));
    const known = partners.get(right);
    if (known !== undefined) return known || this.#again(left, right, path);
    if (this.#depth > MAX_DEPTH) {
      this.#add({ code: 'type-too-deep', path });
      return false;
    }
    this.#depth += 1;
    const here = left.name === undefined ? path : [...path, `${left.kind.tag} ${left.name}`];
    const same = this.#kinds(left, right, here) ?? this.#different(expected, found, path);
    this.#depth -= 1;
    partners.set(right, same);
    return same;
  }

  /** Compares lists of named things by name, so that one change of a list is one reason. */
  labels(
    label: Label,
    expected: readonly Labelled[],
    found: readonly Labelled[],
    path: readonly string[],
  ): boolean {
    const theirs = new Map(found.map((item) => [item.name, item]));
    const ours = new Set(expected.map((item) => item.name));
    const extra = new Map(found.filter(({ name }) => !ours.has(name)).map((item) => [item.name, item]));
    const candidates = [...extra.keys()];
    let same = true;
    for (const [index, item] of expected.entries()) {
      const here = [...path, `${label} ${item.name}`];
      const partner = theirs.get(item.name);
      if (partner !== undefined) {
        same = this.optional(item.type, partner.type, here) && same;
        continue;
      }
      same = false;
      const other = extra.get(found[index]?.name ?? '');
      if (other !== undefined && payloadText(item) === payloadText(other)) {
        extra.delete(other.name);
        this.#add({ code: `${label}-renamed`, path: here, expected: item.name, found: other.name });
        this.optional(item.type, other.type, here);
      } else {
        this.#add({ code: `${label}-missing`, path: here, expected: labelText(item), candidates });
      }
    }
    for (const item of extra.values()) {
      this.#add({ code: `${label}-extra`, path: [...path, `${label} ${item.name}`], found: labelText(item) });
      same = false;
    }
    const order = expected.filter(({ name }) => theirs.has(name)).map(({ name }) => name);
    const otherOrder = found.filter(({ name }) => ours.has(name)).map(({ name }) => name);
    if (order.some((name, index) => otherOrder[index] !== name)) {
      this.#add({ code: `${label}-order`, path, expected: listText(order), found: listText(otherOrder) });
      same = false;
    }
    return same;
  }

  /** Compares two payloads, either of which may be absent. */
  optional(expected: Type | undefined, found: Type | undefined, path: readonly string[]): boolean {
    if (expected === undefined && found === undefined) return true;
    if (expected !== undefined && found !== undefined) return this.compare(expected, found, path);
    if (expected !== undefined) this.#add({ code: 'payload-missing', path, expected: typeText(expected) });
    if (found !== undefined) this.#add({ code: 'payload-extra', path, found: typeText(found) });
    return false;
  }

  /** An anonymous type may be shared by many mentions, each of which differs; a named one is told of once. */
  #again(left: TypeDef, right: TypeDef, path: readonly string[]): false {
    const mentions = left.name === undefined || right.name === undefined;
    if (mentions && typeText(left, SHORT) !== typeText(right, SHORT)) this.#different(left, right, path);
    return false;
  }

  /** `undefined` where the two are not even of one kind. */
  #kinds(left: TypeDef, right: TypeDef, path: readonly string[]): boolean | undefined {
    const a = left.kind;
    const b = right.kind;
    if (isHandle(a) && isHandle(b)) return this.#handles(a, b, path);
    if (a.tag === 'record' && b.tag === 'record') return this.labels('field', a.fields, b.fields, path);
    if (a.tag === 'variant' && b.tag === 'variant') return this.labels('case', a.cases, b.cases, path);
    if (a.tag === 'enum' && b.tag === 'enum') return this.labels('case', a.cases, b.cases, path);
    if (a.tag === 'flags' && b.tag === 'flags') return this.labels('flag', a.flags, b.flags, path);
    if (a.tag === 'tuple' && b.tag === 'tuple') return this.#tuples(a.types, b.types, path);
    if (a.tag === 'option' && b.tag === 'option') return this.compare(a.type, b.type, [...path, 'option']);
    if (a.tag === 'list' && b.tag === 'list') return this.compare(a.element, b.element, [...path, 'list']);
    if (a.tag === 'fixed-length-list' && b.tag === 'fixed-length-list') {
      if (a.length === b.length) return this.compare(a.element, b.element, [...path, 'list']);
      this.#add({ code: 'list-length', path, expected: String(a.length), found: String(b.length) });
      this.compare(a.element, b.element, [...path, 'list']);
      return false;
    }
    if (a.tag === 'map' && b.tag === 'map') {
      const keys = this.compare(a.key, b.key, [...path, 'map key']);
      return this.compare(a.value, b.value, [...path, 'map value']) && keys;
    }
    if (a.tag === 'result' && b.tag === 'result') {
      const ok = this.optional(a.ok, b.ok, [...path, 'ok']);
      return this.optional(a.err, b.err, [...path, 'err']) && ok;
    }
    if ((a.tag === 'stream' && b.tag === 'stream') || (a.tag === 'future' && b.tag === 'future')) {
      return this.optional(a.payload, b.payload, [...path, a.tag]);
    }
    if (a.tag === 'resource' && b.tag === 'resource') return this.#resourcesMatch(left, right, path);
    return undefined;
  }

  #tuples(expected: readonly Type[], found: readonly Type[], path: readonly string[]): boolean {
    let same = expected.length === found.length;
    if (!same) {
      const texts = [expected, found].map((types) => typeText({ kind: { tag: 'tuple', types } }, SHORT));
      this.#add({ code: 'tuple-size', path, expected: texts[0]!, found: texts[1]! });
    }
    for (const [index, type] of expected.entries()) {
      const other = found[index];
      if (other !== undefined) same = this.compare(type, other, [...path, `tuple ${index}`]) && same;
    }
    return same;
  }

  #handles(a: Handle, b: Handle, path: readonly string[]): boolean | undefined {
    if (a.tag !== b.tag) {
      const expected = `${a.tag}<${a.resource.name}>`;
      this.#add({ code: 'handle-kind', path, expected, found: `${b.tag}<${b.resource.name}>` });
      return false;
    }
    const left = resourceOf(a.resource);
    const right = resourceOf(b.resource);
    if (left === undefined || right === undefined) return left === right || undefined;
    return this.#resourcesMatch(left, right, path);
  }

  #resourcesMatch(expected: TypeDef, found: TypeDef, path: readonly string[]): boolean {
    if (this.#resources.same(this.#pair, expected, found)) return true;
    const [left, right] = this.#resources.texts(this.#pair, expected, found);
    // Where one name is of two resources, everything that mentions it differs for that one reason.
    if (expected.name === found.name && !this.#resources.isNew(this.#pair, left, right)) return false;
    this.#add({ code: 'resource-different', path, expected: left, found: right });
    return false;
  }

  #different(expected: Type, found: Type, path: readonly string[]): false {
    let texts = [expected, found].map((type) => typeText(type, SHORT));
    if (texts[0] === texts[1]) {
      texts = [unalias(expected), unalias(found)].map((type) =>
        typeof type === 'string' ? type : typeDefText(type, SHORT),
      );
    }
    this.#add({ code: 'type-different', path, expected: texts[0]!, found: texts[1]! });
    return false;
  }

  #add(mismatch: Omit<Mismatch, 'side'>): void {
    this.#report({ ...mismatch, side: this.#pair.side });
  }
}

type Handle = Extract<TypeDefKind, { tag: 'own' | 'borrow' }>;

/** Texts are for people; what is beyond is in the two worlds. */
const SHORT = { limit: 300 };

function isHandle(kind: TypeDefKind): kind is Handle {
  return kind.tag === 'own' || kind.tag === 'borrow';
}

function payloadText({ type }: Labelled): string {
  return type === undefined ? '' : typeText(type, SHORT);
}

function labelText({ name, type }: Labelled): string {
  return type === undefined ? name : `${name}: ${typeText(type, SHORT)}`;
}

function listText(names: readonly string[]): string {
  const shown = names.slice(0, 12).join(', ');
  return names.length > 12 ? `${shown}, …` : shown;
}
