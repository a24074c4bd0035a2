import type { Label, Labelled, PathNode, PathSegment, PathStep } from './mismatch-path.ts';
import type { HandleKind, Mismatch, MismatchFacts } from './mismatch.ts';
import type { ItemPair, ResourcePairs } from './resource-match.ts';
import { typeText } from './type-text.ts';
import type { Type, TypeDef, TypeDefKind } from './types.ts';
import { resourceOf, unalias } from './unalias.ts';

const MAX_DEPTH = 500;

/**
 * Compares types for equality (`Explainer.md`, "Type Checking": structural, except for resources) and reports every
 * difference. Each pair of definitions is compared once, so a difference is reported where it is met first.
 */
export class TypeMatch {
  readonly #pair: ItemPair;
  readonly #resources: ResourcePairs;
  readonly #report: (mismatch: Mismatch) => void;
  readonly #known: Map<TypeDef, Map<TypeDef, boolean>>;
  #depth = 0;

  constructor(
    pair: ItemPair,
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
  definitions(expected: TypeDef, found: TypeDef, path: readonly PathStep[]): boolean {
    const [left, right] = [unalias(expected), unalias(found)];
    const comparable =
      typeof left === 'object' &&
      typeof right === 'object' &&
      left.kind.tag === right.kind.tag &&
      left.name !== undefined;
    // A comparison of two named types adds the step itself.
    const here = comparable
      ? path
      : [...path, typeStep({ tag: 'type', name: expected.name ?? '' }, expected, found)];
    return this.compare(expected, found, here);
  }

  /** Compares two mentions of types. */
  compare(expected: Type, found: Type, path: readonly PathStep[]): boolean {
    const left = unalias(expected);
    const right = unalias(found);
    if (typeof left === 'string' || typeof right === 'string') {
      return left === right || this.#add(path, { code: 'type-different', expected, found });
    }
    let partners = this.#known.get(left);
    if (partners === undefined) this.#known.set(left, (partners = new Map()));
    const known = partners.get(right);
    if (known !== undefined) return known || this.#again(left, right, path);
    if (this.#depth > MAX_DEPTH) return this.#add(path, { code: 'type-too-deep' });
    this.#depth += 1;
    const here =
      left.name === undefined
        ? path
        : [...path, typeStep({ tag: 'definition', kind: left.kind.tag, name: left.name }, left, right)];
    const same =
      this.#kinds(left, right, here) ?? this.#add(path, { code: 'type-different', expected, found });
    this.#depth -= 1;
    partners.set(right, same);
    return same;
  }

  /** Compares lists of named things by name, so that one change of a list is one reason. */
  labels(
    label: Label,
    expected: readonly Labelled[],
    found: readonly Labelled[],
    path: readonly PathStep[],
  ): boolean {
    const theirs = new Map(found.map((item) => [item.name, item]));
    const ours = new Set(expected.map((item) => item.name));
    const extra = new Map(found.filter(({ name }) => !ours.has(name)).map((item) => [item.name, item]));
    const candidates = [...extra.keys()];
    let same = true;
    for (const [index, item] of expected.entries()) {
      const partner = theirs.get(item.name);
      if (partner !== undefined) {
        const here = [...path, labelStep(label, item, partner)];
        same = this.optional(item.type, partner.type, here) && same;
        continue;
      }
      same = false;
      const other = extra.get(found[index]?.name ?? '');
      if (other !== undefined && payloadText(item) === payloadText(other)) {
        extra.delete(other.name);
        const here = [...path, labelStep(label, item, other)];
        this.#add(here, { code: `${label}-renamed`, label, expected: item, found: other });
        this.optional(item.type, other.type, here);
      } else {
        const here = [...path, labelStep(label, item, undefined)];
        this.#add(here, { code: `${label}-missing`, label, expected: item, candidates });
      }
    }
    for (const item of extra.values()) {
      const here = [...path, labelStep(label, undefined, item)];
      same = this.#add(here, { code: `${label}-extra`, label, found: item });
    }
    const order = expected.filter(({ name }) => theirs.has(name)).map(({ name }) => name);
    const otherOrder = found.filter(({ name }) => ours.has(name)).map(({ name }) => name);
    if (order.some((name, index) => otherOrder[index] !== name)) {
      same = this.#add(path, { code: `${label}-order`, label, expected: order, found: otherOrder });
    }
    return same;
  }

  /** Compares two payloads, either of which may be absent. */
  optional(expected: Type | undefined, found: Type | undefined, path: readonly PathStep[]): boolean {
    if (expected === undefined && found === undefined) return true;
    if (expected !== undefined && found !== undefined) return this.compare(expected, found, path);
    if (expected !== undefined) return this.#add(path, { code: 'payload-missing', expected });
    return found === undefined || this.#add(path, { code: 'payload-extra', found });
  }

  /** An anonymous type may be shared by many mentions, each of which differs; a named one is reported once. */
  #again(left: TypeDef, right: TypeDef, path: readonly PathStep[]): false {
    const mentions = left.name === undefined || right.name === undefined;
    if (mentions && typeText(left, SHORT) !== typeText(right, SHORT)) {
      this.#add(path, { code: 'type-different', expected: left, found: right });
    }
    return false;
  }

  /** Returns `undefined` if the two are not of one kind. */
  #kinds(left: TypeDef, right: TypeDef, path: readonly PathStep[]): boolean | undefined {
    const a = left.kind;
    const b = right.kind;
    if (isHandle(a) && isHandle(b)) return this.#handles(a, b, path);
    if (a.tag === 'record' && b.tag === 'record') return this.labels('field', a.fields, b.fields, path);
    if (a.tag === 'variant' && b.tag === 'variant') return this.labels('case', a.cases, b.cases, path);
    if (a.tag === 'enum' && b.tag === 'enum') return this.labels('case', a.cases, b.cases, path);
    if (a.tag === 'flags' && b.tag === 'flags') return this.labels('flag', a.flags, b.flags, path);
    if (a.tag === 'tuple' && b.tag === 'tuple') return this.#tuples(a.types, b.types, path);
    if (a.tag === 'option' && b.tag === 'option') return this.#inside('option', a.type, b.type, path);
    if (a.tag === 'list' && b.tag === 'list') return this.#inside('list', a.element, b.element, path);
    if (a.tag === 'fixed-length-list' && b.tag === 'fixed-length-list') {
      if (a.length === b.length) return this.#inside('list', a.element, b.element, path);
      this.#add(path, { code: 'list-length', expected: a.length, found: b.length });
      this.#inside('list', a.element, b.element, path);
      return false;
    }
    if (a.tag === 'map' && b.tag === 'map') {
      const keys = this.#inside('map-key', a.key, b.key, path);
      return this.#inside('map-value', a.value, b.value, path) && keys;
    }
    if (a.tag === 'result' && b.tag === 'result') {
      const ok = this.#inside('ok', a.ok, b.ok, path);
      return this.#inside('err', a.err, b.err, path) && ok;
    }
    if ((a.tag === 'stream' && b.tag === 'stream') || (a.tag === 'future' && b.tag === 'future')) {
      return this.#inside(a.tag, a.payload, b.payload, path);
    }
    if (a.tag === 'resource' && b.tag === 'resource') return this.#resourcesMatch(left, right, path);
    return undefined;
  }

  #inside(
    tag: 'option' | 'list' | 'map-key' | 'map-value' | 'ok' | 'err' | 'stream' | 'future',
    expected: Type | undefined,
    found: Type | undefined,
    path: readonly PathStep[],
  ): boolean {
    return this.optional(expected, found, [...path, typeStep({ tag }, expected, found)]);
  }

  #tuples(expected: readonly Type[], found: readonly Type[], path: readonly PathStep[]): boolean {
    let same = expected.length === found.length || this.#add(path, { code: 'tuple-size', expected, found });
    for (const [index, type] of expected.entries()) {
      const other = found[index];
      if (other === undefined) continue;
      const here = [...path, typeStep({ tag: 'tuple-element', index }, type, other)];
      same = this.compare(type, other, here) && same;
    }
    return same;
  }

  #handles(a: HandleKind, b: HandleKind, path: readonly PathStep[]): boolean | undefined {
    if (a.tag !== b.tag) return this.#add(path, { code: 'handle-kind', expected: a, found: b });
    const left = resourceOf(a.resource);
    const right = resourceOf(b.resource);
    if (left === undefined || right === undefined) return left === right || undefined;
    return this.#resourcesMatch(left, right, path);
  }

  #resourcesMatch(left: TypeDef, right: TypeDef, path: readonly PathStep[]): boolean {
    if (this.#resources.same(this.#pair, left, right)) return true;
    const { expected, found } = this.#resources.origins(this.#pair, left, right);
    // When two resources have one name, everything that mentions it differs for that one reason.
    if (left.name === right.name && !this.#resources.isNew(this.#pair, expected, found)) return false;
    return this.#add(path, { code: 'resource-different', expected, found });
  }

  #add(path: readonly PathStep[], facts: MismatchFacts): false {
    this.#report({ ...facts, side: this.#pair.side, path });
    return false;
  }
}

/** A step to a type that at least one side has. */
export function typeStep(
  segment: PathSegment,
  expected: Type | undefined,
  found: Type | undefined,
): PathStep {
  return step(segment, expected && { tag: 'type', type: expected }, found && { tag: 'type', type: found });
}

function labelStep(label: Label, expected: Labelled | undefined, found: Labelled | undefined): PathStep {
  const name = (expected ?? found)?.name ?? '';
  return step(
    { tag: label, name },
    expected && { tag: 'label', label: expected },
    found && { tag: 'label', label: found },
  );
}

function step(segment: PathSegment, expected: PathNode | undefined, found: PathNode | undefined): PathStep {
  return {
    segment,
    ...(expected === undefined ? {} : { expected }),
    ...(found === undefined ? {} : { found }),
  };
}

/** Enough of two types to see whether they are written alike. */
const SHORT = { limit: 300 };

function isHandle(kind: TypeDefKind): kind is HandleKind {
  return kind.tag === 'own' || kind.tag === 'borrow';
}

function payloadText({ type }: Labelled): string {
  return type === undefined ? '' : typeText(type, SHORT);
}
