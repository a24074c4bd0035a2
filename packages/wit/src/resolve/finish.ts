import type { Type, TypeDef, TypeDefKind, WorldItem } from '@wit-ts/model';
import { packageNameText } from '@wit-ts/model';
import { checkHandlePayload } from '../rules/stream-payload.ts';
import { elaborateWorld } from './elaborate.ts';
import type { NewFunc } from './functions.ts';
import { resolveIncludes } from './include.ts';
import { lookupWorld } from './lookup.ts';
import { place, type Off } from './session.ts';
import type { PackageState } from './state.ts';

/**
 * Puts a resolved package into the contract: a resource where a value is wanted becomes an `own` handle, worlds take
 * in what they include and list what they need. The order is the reference's: types as they were met, each handle
 * before the first type that needs it; then handles that only functions need.
 */
export function finishPackage(state: PackageState): void {
  const { session } = state;
  session.packages.push(state.package);
  const handles = new Handles(state);
  for (const def of state.arena) {
    def.kind = handles.inKind(def.kind);
    session.types.push(def);
    const isWrong = checkHandlePayload(def, session) && session.encodable;
    if (!isWrong && containsBorrow(def.kind, session.borrowing)) session.borrowing.add(def);
  }
  for (const iface of state.interfaces) {
    for (const func of iface.functions.values()) handles.inFunction(func);
    session.interfaces.push(iface);
  }
  for (const { target } of state.worlds) {
    for (const item of target.imports.values()) handles.inItem(item);
    for (const item of target.exports.values()) handles.inItem(item);
    session.worlds.push(target);
  }
  for (const world of state.worlds) {
    resolveIncludes(state, world);
    elaborateWorld(world, session);
    world.resolved = true;
  }
  checkIncludesOfOffWorlds(state);
  publish(state);
}

/** Makes the package's interfaces and worlds known to those that come after it. */
function publish(state: PackageState): void {
  const off = new Map<string, Off>();
  for (const name of state.order) {
    const item = state.items.get(name)!;
    if (item.gate.off !== undefined) off.set(name, item.gate.off);
    else if (item.tag === 'interface') state.package.interfaces.set(name, item.target);
    else state.package.worlds.set(name, item.target);
  }
  state.session.known.set(packageNameText(state.unit.name), { package: state.package, off });
}

function checkIncludesOfOffWorlds(state: PackageState): void {
  for (const item of state.items.values()) {
    if (item.tag !== 'world' || item.gate.off === undefined) continue;
    for (const { node, gate } of item.includes) {
      lookupWorld(state, node.path, {
        file: item.file,
        quiet: gate.off !== undefined || node.path.package !== undefined,
      });
    }
  }
}

/** Turns resources into handles, one for each resource and package. */
class Handles {
  readonly #state: PackageState;
  readonly #own = new Map<TypeDef, TypeDef>();

  constructor(state: PackageState) {
    this.#state = state;
  }

  inItem(item: WorldItem): void {
    if (item.tag === 'function') this.inFunction(item.function);
  }

  inFunction(func: NewFunc): void {
    const { session } = this.#state;
    for (const param of func.params) this.#part(param);
    if (func.result === undefined) return;
    func.result = this.#value(func.result);
    if (typeof func.result === 'string' || !session.borrowing.has(func.result)) return;
    session.error(
      'returned-borrow',
      session.spans.get(func),
      `\`${func.name}\` returns a type with a \`borrow\` in it`,
      {
        related: place('this type', session.spans.get(func.result)),
        help: 'a borrowed handle lives no longer than the call: return an owned one, without `borrow<…>`',
      },
    );
  }

  inKind(kind: TypeDefKind): TypeDefKind {
    switch (kind.tag) {
      case 'record':
        for (const field of kind.fields) this.#part(field);
        return kind;
      case 'variant':
        for (const item of kind.cases) this.#part(item);
        return kind;
      case 'tuple':
        return { ...kind, types: kind.types.map((type) => this.#value(type)) };
      case 'option': {
        const type = this.#value(kind.type);
        return type === kind.type ? kind : { ...kind, type };
      }
      case 'list':
      case 'fixed-length-list': {
        const element = this.#value(kind.element);
        return element === kind.element ? kind : { ...kind, element };
      }
      case 'map':
        return { ...kind, key: this.#value(kind.key), value: this.#value(kind.value) };
      case 'result': {
        const ok = kind.ok === undefined ? {} : { ok: this.#value(kind.ok) };
        return { ...kind, ...ok, ...(kind.err === undefined ? {} : { err: this.#value(kind.err) }) };
      }
      case 'future':
      case 'stream':
        return kind.payload === undefined ? kind : { ...kind, payload: this.#value(kind.payload) };
      default:
        return kind;
    }
  }

  /** Changes it in its place: positions are known by the object. */
  #part(part: { type?: Type }): void {
    if (part.type !== undefined) part.type = this.#value(part.type);
  }

  #value(type: Type): Type {
    const { session } = this.#state;
    if (typeof type === 'string' || !session.resources.has(type)) return type;
    let handle = this.#own.get(type);
    if (handle === undefined) {
      handle = { kind: { tag: 'own', resource: type } };
      this.#own.set(type, handle);
      session.types.push(handle);
    }
    return handle;
  }
}

type Borrowing = Pick<ReadonlySet<Type>, 'has'>;

/** Whether a type has a `borrow` in it, given which of its parts have. */
export function containsBorrow(kind: TypeDefKind, borrowing: Borrowing): boolean {
  switch (kind.tag) {
    case 'borrow':
      return true;
    case 'record':
      for (const { type } of kind.fields) if (has(borrowing, type)) return true;
      return false;
    case 'variant':
      for (const { type } of kind.cases) if (has(borrowing, type)) return true;
      return false;
    case 'tuple':
      for (const type of kind.types) if (has(borrowing, type)) return true;
      return false;
    case 'option':
    case 'alias':
      return has(borrowing, kind.type);
    case 'list':
    case 'fixed-length-list':
      return has(borrowing, kind.element);
    case 'map':
      return has(borrowing, kind.key) || has(borrowing, kind.value);
    case 'result':
      return has(borrowing, kind.ok) || has(borrowing, kind.err);
    case 'future':
    case 'stream':
      return has(borrowing, kind.payload);
    default:
      return false;
  }
}

function has(borrowing: Borrowing, type: Type | undefined): boolean {
  return typeof type === 'object' && borrowing.has(type);
}
