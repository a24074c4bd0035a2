import {
  interfaceName,
  type Direction,
  type Interface,
  type Owner,
  type Resolve,
  type World,
} from '@wit-ts/model';
import type { Side } from '@wit-ts/mapping';
import type { ListedFunctions } from './async-functions.ts';
import { hasPart, type TypeTag } from './type-parts.ts';
import { isInterface, mentionedOwners, definesResource, usedOwners } from './type-owners.ts';

/**
 * What the worlds of a package have in common. The names of files depend on all worlds of the package, and not only on
 * the world that is generated, so that files of several worlds can be in one directory: a file that two worlds write
 * has the same content.
 */
export class PackageView {
  readonly side: Side;
  readonly #worlds: readonly World[];
  /** The full names of the interfaces that some world imports. */
  readonly #imported = new Set<string>();
  /** For each label: the inline interfaces that have it, by world. */
  readonly #inline = new Map<string, Map<Owner, Set<Interface>>>();
  readonly #exportedByAny = new Set<Interface>();
  /** The interfaces that some world both imports and exports. */
  readonly #bothWaysInOne = new Set<Interface>();
  /** For each owner that was asked for: whether its import and its export differ. */
  readonly #differing = new Map<Owner, boolean>();
  /** The interfaces that each world exports. */
  readonly #exported = new Map<Owner, Set<Interface>>();
  /** The full names of all interfaces, those of dependencies included. */
  readonly interfaces: readonly string[];

  readonly #listed: ListedFunctions;

  constructor(resolve: Resolve, world: World, side: Side, listed: ListedFunctions) {
    this.side = side;
    this.#listed = listed;
    const others = resolve.worlds.filter((other) => other !== world && other.package === world.package);
    this.#worlds = [world, ...(world.package === undefined ? [] : others)];
    this.interfaces = resolve.interfaces.flatMap((iface) => interfaceName(iface) ?? []);
    for (const each of this.#worlds) {
      for (const [key, item] of [...each.imports, ...each.exports]) {
        if (item.tag === 'interface' && interfaceName(item.interface) === undefined)
          this.#addInline(key, each, item.interface);
      }
      for (const item of each.imports.values()) {
        const name = item.tag === 'interface' ? interfaceName(item.interface) : undefined;
        if (name !== undefined) this.#imported.add(name);
      }
      const exported = [...each.exports.values()].flatMap((item) =>
        item.tag === 'interface' ? [item.interface] : [],
      );
      this.#exported.set(each, new Set(exported));
      for (const iface of exported) this.#exportedByAny.add(iface);
      for (const item of each.imports.values()) {
        if (item.tag === 'interface' && this.#exported.get(each)?.has(item.interface))
          this.#bothWaysInOne.add(item.interface);
      }
    }
  }

  /** Returns true if a world of the package imports the interface. */
  isImported(iface: Interface): boolean {
    const name = interfaceName(iface);
    return name !== undefined && this.#imported.has(name);
  }

  /** Returns true if worlds of the package import the interface, and export it without resources of its own. */
  isBothWays(iface: Interface): boolean {
    return this.#exportedByAny.has(iface) && this.isImported(iface) && !this.differs(iface);
  }

  /**
   * Returns the kinds of an interface's resources, if they could be taken for others: an object of the component has
   * each of the kinds of its class, and an object of the host has none of them. Resources have kinds if a world of the
   * package both imports and exports the interface, or exports it under several labels.
   */
  kindsOf(iface: Interface, direction: Direction, label: string | undefined): readonly string[] {
    if (this.side === 'guest' || !definesResource(iface)) return [];
    const name = interfaceName(iface) ?? '';
    return [
      ...(this.#bothWaysInOne.has(iface) ? [name] : []),
      ...(direction === 'export' && label !== undefined ? [`${name} as ${label}`] : []),
    ];
  }

  /** Returns true if the import and the export of an interface need separate declarations. */
  differs(iface: Interface): boolean {
    // A stack, and not a recursion: interfaces of a hostile package use each other in long chains.
    const stack: Owner[] = [iface];
    const entered = new Set<Owner>(stack);
    for (let owner = stack.at(-1); owner !== undefined; owner = stack.at(-1)) {
      if (isInterface(owner) && this.#hasOwnDirection(owner)) this.#differing.set(owner, true);
      const others = this.#differing.has(owner) ? [] : [...mentionedOwners(owner)];
      const pending = others.filter((other) => !entered.has(other) && !this.#differing.has(other));
      for (const other of pending) entered.add(other);
      stack.push(...pending);
      if (pending.length > 0) continue;
      if (!this.#differing.has(owner))
        this.#differing.set(
          owner,
          others.some((other) => this.#differing.get(other) === true),
        );
      stack.pop();
    }
    return this.#differing.get(iface) === true;
  }

  /**
   * In a guest, an imported function is a declaration, and an exported function is a member to implement. A host gives
   * streams and error contexts in forms in which it does not receive them, and may have listed a function in one
   * direction as asynchronous.
   */
  #hasOwnDirection(iface: Interface): boolean {
    if (definesResource(iface)) return true;
    if (this.side === 'guest') return iface.functions.size > 0;
    const listed = this.#listed;
    const functions = [...iface.functions.values()];
    if (functions.some((func) => listed.import.has(func) !== listed.export.has(func))) return true;
    const types = functions.flatMap(({ params, result }) => [
      ...params.map(({ type }) => type),
      ...(result === undefined ? [] : [result]),
    ]);
    return hasPart(types, RECEIVED_ONLY);
  }

  /** Returns true if worlds have different inline interfaces with the label, so that a file needs its world's name. */
  isAmbiguousLabel(label: string, world: Owner): boolean {
    const byWorld = this.#inline.get(label);
    const own = byWorld?.get(world);
    if (byWorld === undefined || own === undefined) return false;
    return [...byWorld].some(([other, all]) => other !== world && [...all].some((each) => !own.has(each)));
  }

  /**
   * Returns what tells the exported form of an interface in one world from its forms in others: a text with the
   * exported interfaces whose types it uses. Empty if it uses types of imports only, or if all worlds agree.
   */
  variantOf(iface: Interface, world: Owner): string {
    const exporters = this.#worlds.filter((other) => this.#exported.get(other)?.has(iface));
    if (exporters.every((other) => other === world)) return '';
    const text = this.#exportedUses(iface, world);
    const isShared = exporters.every((other) => this.#exportedUses(iface, other) === text);
    return isShared || text === '' ? '' : `+${text}`;
  }

  /** Returns the names of the interfaces that a world exports, and whose types an interface uses. */
  #exportedUses(iface: Interface, world: Owner): string {
    const exported = this.#exported.get(world);
    const seen = new Set([iface]);
    // The set grows while it is walked.
    for (const from of seen) {
      for (const owner of [...mentionedOwners(from), ...usedOwners(from)])
        if (isInterface(owner)) seen.add(owner);
    }
    seen.delete(iface);
    return [...seen]
      .filter((used) => exported?.has(used) && this.differs(used))
      .map(({ name = '' }) => name)
      .sort()
      .join('+');
  }

  #addInline(label: string, world: World, iface: Interface): void {
    const byWorld = this.#inline.get(label) ?? new Map<Owner, Set<Interface>>();
    this.#inline.set(label, byWorld);
    byWorld.set(world, (byWorld.get(world) ?? new Set()).add(originalOf(iface)));
  }
}

/** The types of values that a host cannot give in the form in which it receives them. */
const RECEIVED_ONLY: ReadonlySet<TypeTag> = new Set(['stream', 'error-context']);

/** Returns the inline interface that a world wrote, of which worlds that include the world have copies. */
function originalOf(iface: Interface): Interface {
  let original = iface;
  while (original.cloneOf !== undefined) original = original.cloneOf;
  return original;
}
