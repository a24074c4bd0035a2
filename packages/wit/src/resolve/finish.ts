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
    if (containsBorrow(def.kind, session.borrowing)) session.borrowing.add(def);
    checkHandlePayload(def, session);
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
    func.params = func.params.map((param) => {
      const type = this.#value(param.type);
      if (type === param.type) return param;
      const made = { ...param, type };
      const span = session.spans.get(param);
      if (span !== undefined) session.spans.set(made, span);
      return made;
    });
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
        return { ...kind, fields: kind.fields.map((field) => this.#part(field)) };
      case 'variant':
        return { ...kind, cases: kind.cases.map((item) => this.#part(item)) };
      case 'tuple':
        return { ...kind, types: kind.types.map((type) => this.#value(type)) };
      case 'option':
        return { ...kind, type: this.#value(kind.type) };
      case 'list':
      case 'fixed-length-list':
        return { ...kind, element: this.#value(kind.element) };
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

  /** Keeps the object where nothing changes: positions are known by it. */
  #part<T extends { readonly type?: Type }>(part: T): T {
    if (part.type === undefined) return part;
    const type = this.#value(part.type);
    if (type === part.type) return part;
    const made = { ...part, type };
    const span = this.#state.session.spans.get(part);
    if (span !== undefined) this.#state.session.spans.set(made, span);
    return made;
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

/** Whether a type has a `borrow` in it, given which of its parts have. */
export function containsBorrow(kind: TypeDefKind, borrowing: ReadonlySet<Type>): boolean {
  const has = (type: Type | undefined): boolean => type !== undefined && borrowing.has(type);
  switch (kind.tag) {
    case 'borrow':
      return true;
    case 'record':
      return kind.fields.some(({ type }) => has(type));
    case 'variant':
      return kind.cases.some(({ type }) => has(type));
    case 'tuple':
      return kind.types.some(has);
    case 'option':
    case 'alias':
      return has(kind.type);
    case 'list':
    case 'fixed-length-list':
      return has(kind.element);
    case 'map':
      return has(kind.key) || has(kind.value);
    case 'result':
      return has(kind.ok) || has(kind.err);
    case 'future':
    case 'stream':
      return has(kind.payload);
    default:
      return false;
  }
}
