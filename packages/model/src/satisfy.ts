import { compatibleKeys } from './compatible-key.ts';
import { functionsOf, typesOf } from './members.ts';
import { functionSegment, type PathNode, type PathSegment, type PathStep } from './mismatch-path.ts';
import type { Mismatch, MismatchFacts } from './mismatch.ts';
import { ResourcePairs, type ItemPair } from './resource-match.ts';
import { TypeMatch, typeStep } from './type-match.ts';
import type { Direction, Func, Interface, TypeDef, World, WorldItem } from './types.ts';

/**
 * Returns every reason why a component does not satisfy a world; an empty list if it does (`Explainer.md`, "Type
 * Definitions": a subtype imports less and exports more). The component may import only what the world imports,
 * function by function, and must export everything that the world exports; types must be equal. Interfaces of
 * semver-compatible versions are interchangeable.
 *
 * @param component what a component imports and exports, as decoded from it
 * @param target the world that it should satisfy
 */
export function mismatches(component: World, target: World): Mismatch[] {
  return new WorldComparison(component, target).reasons;
}

type KnownPairs = Map<TypeDef, Map<TypeDef, boolean>>;

/** An item that both worlds have under one key and as one kind, and the comparer of types for it. */
interface ComparedItem {
  readonly pair: ItemPair;
  readonly types: TypeMatch;
  readonly path: readonly PathStep[];
  readonly expected: WorldItem;
  readonly found: WorldItem;
}

class WorldComparison {
  readonly reasons: Mismatch[] = [];
  readonly #resources: ResourcePairs;
  readonly #report = (mismatch: Mismatch): void => void this.reasons.push(mismatch);

  constructor(component: World, target: World) {
    this.#resources = new ResourcePairs(target, component);
    const items = [...this.#pairs('import', component, target), ...this.#pairs('export', component, target)];
    // A difference of types is reported where the type is defined, and not again in each function that uses it.
    for (const item of items) this.#types(item);
    for (const item of items) this.#functions(item);
  }

  *#pairs(side: Direction, component: World, target: World): Generator<ComparedItem> {
    const [demands, offers] =
      side === 'import' ? [component.imports, target.imports] : [target.exports, component.exports];
    const candidates = [...offers.keys()].filter((key) => !demands.has(key));
    const known: KnownPairs = new Map();
    const keyFor = compatibleKeys(offers);
    const seen = new Set<Interface>();
    for (const [key, demanded] of demands) {
      const segment: PathSegment = { tag: side, name: key };
      const offeredKey = keyFor(key);
      const offered = offeredKey === undefined ? undefined : offers.get(offeredKey);
      if (offered === undefined || offeredKey === undefined) {
        const code = side === 'import' ? 'import-not-offered' : 'export-missing';
        const path = [demandedStep(side, segment, demanded)];
        this.#add(side, path, { code, missing: demanded, candidates });
        continue;
      }
      const [expected, found] = side === 'import' ? [offered, demanded] : [demanded, offered];
      const path = [{ segment, expected, found }];
      if (expected.tag !== found.tag) {
        this.#add(side, path, { code: 'item-kind', expected, found });
        continue;
      }
      const keys = side === 'import' ? [offeredKey, key] : [key, offeredKey];
      const pair: ItemPair = { side, expected: keyed(keys[0]!, expected), found: keyed(keys[1]!, found) };
      // One interface under two names is two instances, whose resources differ.
      const again = [pair.expected.interface, pair.found.interface].some((iface) => iface && seen.has(iface));
      for (const iface of [pair.expected.interface, pair.found.interface]) if (iface) seen.add(iface);
      const types = new TypeMatch(pair, this.#resources, again ? new Map() : known, this.#report);
      this.#bind(pair, expected, found);
      yield { pair, types, path, expected, found };
    }
  }

  #bind(pair: ItemPair, expected: WorldItem, found: WorldItem): void {
    for (const [name, type] of typesOf(expected)) {
      const other = typesOf(found).get(name);
      if (other !== undefined) this.#resources.bind(pair, type, other);
    }
  }

  #types({ pair: { side }, path, types, expected, found }: ComparedItem): void {
    for (const member of members(side, typesOf(expected), typesOf(found))) {
      if (member.missing === undefined) {
        types.definitions(member.expected, member.found, path);
      } else {
        const { name, missing, others } = member;
        const step = demandedStep(side, { tag: 'type', name }, { tag: 'type', type: missing });
        this.#add(side, [...path, step], { code: 'type-missing', missing, candidates: others });
      }
    }
  }

  #functions({ pair: { side }, types, path, expected, found }: ComparedItem): void {
    if (expected.tag === 'function' && found.tag === 'function') {
      this.#function(side, types, expected.function, found.function, path);
    }
    if (expected.tag !== 'interface' || found.tag !== 'interface') return;
    for (const member of members(side, functionsOf(expected), functionsOf(found))) {
      if (member.missing === undefined) {
        const step = {
          segment: functionSegment(member.expected),
          expected: functionNode(member.expected),
          found: functionNode(member.found),
        };
        this.#function(side, types, member.expected, member.found, [...path, step]);
      } else {
        const { missing, others } = member;
        const step = demandedStep(side, functionSegment(missing), functionNode(missing));
        this.#add(side, [...path, step], { code: 'function-missing', missing, candidates: others });
      }
    }
  }

  #function(side: Direction, types: TypeMatch, expected: Func, found: Func, path: readonly PathStep[]): void {
    if (expected.async !== found.async) this.#add(side, path, { code: 'function-async', expected, found });
    types.labels('param', expected.params, found.params, path);
    const results = { expected: expected.result, found: found.result };
    const here = [...path, typeStep({ tag: 'result' }, results.expected, results.found)];
    if (results.expected !== undefined && results.found !== undefined) {
      types.compare(results.expected, results.found, here);
    } else if (results.expected !== undefined) {
      this.#add(side, here, { code: 'result-missing', expected, found });
    } else if (results.found !== undefined) {
      this.#add(side, here, { code: 'result-extra', expected, found });
    }
  }

  #add(side: Direction, path: readonly PathStep[], facts: MismatchFacts): void {
    this.#report({ ...facts, side, path });
  }
}

function keyed(key: string, item: WorldItem): ItemPair['found'] {
  return item.tag === 'interface' ? { key, interface: item.interface } : { key };
}

/** A step to something that only the demanding side has: the component for imports, the world for exports. */
function demandedStep(side: Direction, segment: PathSegment, node: PathNode): PathStep {
  return side === 'import' ? { segment, found: node } : { segment, expected: node };
}

function functionNode(func: Func): PathNode {
  return { tag: 'function', function: func };
}

type Member<T> =
  | { readonly name: string; readonly expected: T; readonly found: T; readonly missing?: undefined }
  /** `others` are the members of the offering side that are not required. All members share one list. */
  | { readonly name: string; readonly missing: T; readonly others: readonly T[] };

/** Pairs what the demanding side names with what the offering side has under that name, in the former's order. */
function* members<T>(
  side: Direction,
  expected: ReadonlyMap<string, T>,
  found: ReadonlyMap<string, T>,
): Generator<Member<T>> {
  const [demands, offers] = side === 'import' ? [found, expected] : [expected, found];
  const others = [...offers].flatMap(([name, offered]) => (demands.has(name) ? [] : [offered]));
  for (const [name, demanded] of demands) {
    const offered = offers.get(name);
    if (offered === undefined) yield { name, missing: demanded, others };
    else if (side === 'import') yield { name, expected: offered, found: demanded };
    else yield { name, expected: demanded, found: offered };
  }
}
