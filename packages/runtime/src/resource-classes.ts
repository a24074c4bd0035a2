import { camelCase, type HostFunction, pascalCase, type ResourceType } from '@wit-ts/abi';
import type { PlanExport } from '@wit-ts/plan';
import type { Instantiation } from './instantiation.ts';

type Member = Extract<PlanExport, { tag: 'func' }>;

/** `[method]file.read`, `[static]file.open`, `[constructor]file` (`Explainer.md`, "Import and Export Definitions"). */
const ANNOTATED = /^\[(constructor|method|static)\]([^.]*)(?:\.(.*))?$/u;

/** The classes of the resources that one interface exports, with the functions that belong to them. */
export class ResourceClasses {
  readonly #instantiation: Instantiation;
  readonly #scope: string;
  readonly #classes = new Map<string, { readonly type: ResourceType; readonly made: object }>();

  /** @param scope the name of the interface, empty at the level of the world */
  constructor(instantiation: Instantiation, exports: ReadonlyMap<string, PlanExport>, scope: string) {
    this.#instantiation = instantiation;
    this.#scope = scope;
    for (const [name, item] of exports) {
      if (item.tag !== 'resource') continue;
      const type = instantiation.resource(item.resource);
      // A resource of the host that the component exports again is the host's class, where the host gave one.
      const made =
        type.implementer === undefined
          ? type.hostClass
          : instantiation.guestClass(item.resource, pascalCase(name));
      if (made !== undefined) this.#classes.set(name, { type, made });
    }
  }

  /** Puts a function where its name says. False for one that belongs to no resource. */
  add(name: string, { func }: Member): boolean {
    const [, kind, resource = '', method = ''] = ANNOTATED.exec(name) ?? [];
    const target = this.#classes.get(resource);
    if (kind === undefined || target === undefined) return false;
    const { type, made } = target;
    // The members of a class that the host gave are there already.
    if (type.implementer === undefined) return true;
    const lifted = this.#instantiation.exported(
      func,
      kind === 'method' ? 'method' : 'function',
      name,
      this.#scope,
    );
    if (kind === 'constructor') type.construct = lifted;
    else
      define(
        kind === 'static' ? made : (Reflect.get(made, 'prototype') as object),
        camelCase(method),
        lifted,
      );
    return true;
  }

  *[Symbol.iterator](): Generator<readonly [name: string, made: object]> {
    for (const [name, { made }] of this.#classes) yield [pascalCase(name), made];
  }
}

function define(target: object, name: string, value: HostFunction): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
