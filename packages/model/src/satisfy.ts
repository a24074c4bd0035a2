import { compatibleKeys } from './compatible-key.ts';
import { functionsOf, typesOf } from './members.ts';
import type { Mismatch, MismatchCode, Side } from './mismatch.ts';
import { ResourcePairs, type Pair } from './resource-match.ts';
import { TypeMatch } from './type-match.ts';
import { funcText, typeDefText } from './type-text.ts';
import type { Func, Interface, TypeDef, World, WorldItem } from './types.ts';

/**
 * Every reason why a component does not satisfy a world; none where it does (`Explainer.md`, "Type Definitions": a subtype
 * imports less and exports more). The component may import only what the world imports, function by function, and
 * must export all that the world exports; types must be equal. Interfaces of semver-compatible versions stand in for
 * each other.
 *
 * @param component what a component imports and exports, as decoded from it
 * @param target the world that it should satisfy
 */
export function mismatches(component: World, target: World): Mismatch[] {
  return new Satisfaction(component, target).reasons;
}

type Known = Map<TypeDef, Map<TypeDef, boolean>>;

/** Two named things of one kind, and how to compare types there. */
interface Place {
  readonly pair: Pair;
  readonly types: TypeMatch;
  readonly path: readonly string[];
}

class Satisfaction {
  readonly reasons: Mismatch[] = [];
  readonly #resources: ResourcePairs;
  readonly #report = (mismatch: Mismatch): void => void this.reasons.push(mismatch);

  constructor(component: World, target: World) {
    this.#resources = new ResourcePairs(target, component);
    const places = [...this.#pairs('import', component, target), ...this.#pairs('export', component, target)];
    // A difference of types is told where the type is defined, and not again in each function that uses it.
    for (const { place, expected, found } of places) this.#types(place, expected, found);
    for (const { place, expected, found } of places) this.#functions(place, expected, found);
  }

  *#pairs(
    side: Side,
    component: World,
    target: World,
  ): Generator<{ place: Place; expected: WorldItem; found: WorldItem }> {
    const [wants, gives] =
      side === 'import' ? [component.imports, target.imports] : [target.exports, component.exports];
    const candidates = [...gives.keys()].filter((key) => !wants.has(key));
    const known: Known = new Map();
    const serving = compatibleKeys(gives);
    const seen = new Set<Interface>();
    for (const [key, wanted] of wants) {
      const path = [`${side} ${key}`];
      const givenKey = serving(key);
      const given = givenKey === undefined ? undefined : gives.get(givenKey);
      if (given === undefined || givenKey === undefined) {
        const code = side === 'import' ? 'import-not-offered' : 'export-missing';
        this.#missing(side, code, path, itemText(wanted), candidates);
        continue;
      }
      const [expected, found] = side === 'import' ? [given, wanted] : [wanted, given];
      if (expected.tag !== found.tag) {
        this.#report({ code: 'item-kind', side, path, expected: itemText(expected), found: itemText(found) });
        continue;
      }
      const keys = side === 'import' ? [givenKey, key] : [key, givenKey];
      const pair: Pair = { side, expected: whole(keys[0]!, expected), found: whole(keys[1]!, found) };
      // One interface under two names is two instances, whose resources differ.
      const again = [pair.expected.interface, pair.found.interface].some((iface) => iface && seen.has(iface));
      for (const iface of [pair.expected.interface, pair.found.interface]) if (iface) seen.add(iface);
      const types = new TypeMatch(pair, this.#resources, again ? new Map() : known, this.#report);
      this.#bind(pair, expected, found);
      yield { place: { pair, types, path }, expected, found };
    }
  }

  #bind(pair: Pair, expected: WorldItem, found: WorldItem): void {
    for (const [name, type] of typesOf(expected)) {
      const other = typesOf(found).get(name);
      if (other !== undefined) this.#resources.bind(pair, type, other);
    }
  }

  #types(place: Place, expected: WorldItem, found: WorldItem): void {
    const { pair, path, types } = place;
    for (const [wanted, other] of this.#named(
      pair.side,
      'type-missing',
      typesOf(expected),
      typesOf(found),
      path,
    )) {
      types.definitions(wanted, other, path);
    }
  }

  #functions(place: Place, expected: WorldItem, found: WorldItem): void {
    const { pair, path } = place;
    if (expected.tag === 'function' && found.tag === 'function') {
      this.#function(place, expected.function, found.function, path);
    } else if (expected.tag === 'interface' && found.tag === 'interface') {
      const [left, right] = [functionsOf(expected), functionsOf(found)];
      for (const [wanted, other] of this.#named(pair.side, 'function-missing', left, right, path)) {
        this.#function(place, wanted, other, [...path, funcSegment(wanted)]);
      }
    }
  }

  /** Pairs what the demanding side names with what the giving side has of that name. */
  *#named<T extends TypeDef | Func>(
    side: Side,
    code: MismatchCode,
    expected: ReadonlyMap<string, T>,
    found: ReadonlyMap<string, T>,
    path: readonly string[],
  ): Generator<readonly [expected: T, found: T]> {
    const [wants, gives] = side === 'import' ? [found, expected] : [expected, found];
    const candidates = [...gives.keys()].filter((name) => !wants.has(name));
    for (const [name, wanted] of wants) {
      const given = gives.get(name);
      if (given !== undefined) yield side === 'import' ? [given, wanted] : [wanted, given];
      else if ('params' in wanted) {
        this.#missing(side, code, [...path, funcSegment(wanted)], funcText(wanted, SHORT), candidates);
      } else {
        this.#missing(side, code, [...path, `type ${name}`], typeDefText(wanted, SHORT), candidates);
      }
    }
  }

  #function({ pair: { side }, types }: Place, expected: Func, found: Func, path: readonly string[]): void {
    if (expected.async !== found.async) {
      const texts = [expected, found].map((func) => (func.async ? 'async func' : 'func'));
      this.#report({ code: 'function-async', side, path, expected: texts[0]!, found: texts[1]! });
    }
    types.labels('param', expected.params, found.params, path);
    const here = [...path, 'result'];
    if (expected.result !== undefined && found.result !== undefined) {
      types.compare(expected.result, found.result, here);
    } else if (expected.result !== undefined) {
      this.#report({
        code: 'result-missing',
        side,
        path: here,
        expected: funcText(expected, SHORT),
        found: funcText(found, SHORT),
      });
    } else if (found.result !== undefined) {
      this.#report({
        code: 'result-extra',
        side,
        path: here,
        expected: funcText(expected, SHORT),
        found: funcText(found, SHORT),
      });
    }
  }

  #missing(
    side: Side,
    code: MismatchCode,
    path: readonly string[],
    text: string,
    candidates: readonly string[],
  ): void {
    this.#report({ code, side, path, [side === 'import' ? 'found' : 'expected']: text, candidates });
  }
}

const SHORT = { limit: 300 };

function whole(key: string, item: WorldItem): Pair['found'] {
  return item.tag === 'interface' ? { key, interface: item.interface } : { key };
}

function itemText(item: WorldItem): string {
  if (item.tag === 'function') return funcText(item.function, SHORT);
  return item.tag === 'interface' ? 'interface' : typeDefText(item.type, SHORT);
}

/** `func f`, `constructor file`, `method file.read`, `static file.open`. */
function funcSegment({ kind, name }: Func): string {
  if (kind.tag === 'freestanding') return `func ${name}`;
  return kind.tag === 'constructor' ? `constructor ${name}` : `${kind.tag} ${kind.resource.name}.${name}`;
}
