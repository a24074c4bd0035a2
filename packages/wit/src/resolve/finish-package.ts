import type { Type, TypeDef, TypeDefKind, WorldItem } from '@wit-ts/model';
import { packageNameText } from '@wit-ts/model';
import { checkHandlePayload } from '../rules/stream-payload.ts';
import { containsBorrow } from './contains-borrow.ts';
import { elaborateWorld } from './elaborate-world.ts';
import type { NewFunc } from './functions.ts';
import { resolveIncludes } from './include.ts';
import { lookupWorld } from './lookup.ts';
import { relatedAt, type DisabledFeature } from './resolution.ts';
import type { PackageDraft } from './package-draft.ts';

/**
 * Completes a resolved package and adds it to the contract: a resource used as a value becomes an `own` handle, worlds
 * receive the items of the worlds that they include and the imports that they need. The order is that of the reference:
 * types in the order in which they were met, each handle before the first type that needs it, and then the handles that
 * only functions need.
 */
export function finishPackage(draft: PackageDraft): void {
  const { resolution } = draft;
  resolution.packages.push(draft.package);
  const handles = new Handles(draft);
  for (const def of draft.arena) {
    def.kind = handles.inKind(def.kind);
    resolution.types.push(def);
    const isWrong = checkHandlePayload(def, resolution) && resolution.encodable;
    if (!isWrong && containsBorrow(def.kind, resolution.borrowing)) resolution.borrowing.add(def);
  }
  for (const iface of draft.interfaces) {
    for (const func of iface.functions.values()) handles.inFunction(func);
    resolution.interfaces.push(iface);
  }
  for (const { target } of draft.worlds) {
    for (const item of target.imports.values()) handles.inItem(item);
    for (const item of target.exports.values()) handles.inItem(item);
    resolution.worlds.push(target);
  }
  for (const world of draft.worlds) {
    resolveIncludes(draft, world);
    const own = world.target.imports.size;
    // Worlds that come after too many parts are left as they are written.
    if (resolution.receive(0, world.node.name.span)) continue;
    elaborateWorld(world, resolution);
    resolution.receive(world.target.imports.size - own, world.node.name.span);
    world.resolved = true;
  }
  checkIncludesOfDisabledWorlds(draft);
  publish(draft);
}

/** Makes the interfaces and worlds of the package known to later packages. */
function publish(draft: PackageDraft): void {
  const disabledItems = new Map<string, DisabledFeature>();
  for (const name of draft.order) {
    const item = draft.items.get(name)!;
    if (item.gate.disabledBy !== undefined) disabledItems.set(name, item.gate.disabledBy);
    else if (item.tag === 'interface') draft.package.interfaces.set(name, item.target);
    else draft.package.worlds.set(name, item.target);
  }
  draft.resolution.known.set(packageNameText(draft.sourcePackage.name), {
    package: draft.package,
    disabledItems,
  });
}

function checkIncludesOfDisabledWorlds(draft: PackageDraft): void {
  for (const item of draft.items.values()) {
    if (item.tag !== 'world' || item.gate.disabledBy === undefined) continue;
    for (const { node, gate } of item.includes) {
      lookupWorld(draft, node.path, {
        file: item.file,
        quiet: gate.disabledBy !== undefined || node.path.package !== undefined,
      });
    }
  }
}

/** Replaces resources by handles, one for each resource and package. */
class Handles {
  readonly #draft: PackageDraft;
  readonly #own = new Map<TypeDef, TypeDef>();

  constructor(draft: PackageDraft) {
    this.#draft = draft;
  }

  inItem(item: WorldItem): void {
    if (item.tag === 'function') this.inFunction(item.function);
  }

  inFunction(func: NewFunc): void {
    const { resolution } = this.#draft;
    for (const param of func.params) this.#part(param);
    if (func.result === undefined) return;
    func.result = this.#value(func.result);
    if (typeof func.result === 'string' || !resolution.borrowing.has(func.result)) return;
    resolution.error(
      'returned-borrow',
      resolution.spans.get(func),
      `\`${func.name}\` returns a type that contains a \`borrow\``,
      {
        related: relatedAt('the type', resolution.spans.get(func.result)),
        help: 'a borrowed handle is only valid during the call: return an owned handle, without `borrow<…>`',
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
        const ok = kind.ok === undefined ? undefined : this.#value(kind.ok);
        const err = kind.err === undefined ? undefined : this.#value(kind.err);
        if (ok === kind.ok && err === kind.err) return kind;
        return { ...kind, ...(ok === undefined ? {} : { ok }), ...(err === undefined ? {} : { err }) };
      }
      case 'future':
      case 'stream':
        return kind.payload === undefined ? kind : { ...kind, payload: this.#value(kind.payload) };
      default:
        return kind;
    }
  }

  /** Changes the part itself and not a copy, because positions are looked up by object. */
  #part(part: { type?: Type }): void {
    if (part.type !== undefined) part.type = this.#value(part.type);
  }

  #value(type: Type): Type {
    const { resolution } = this.#draft;
    if (typeof type === 'string' || !resolution.resources.has(type)) return type;
    let handle = this.#own.get(type);
    if (handle === undefined) {
      handle = { kind: { tag: 'own', resource: type } };
      this.#own.set(type, handle);
      resolution.types.push(handle);
    }
    return handle;
  }
}
