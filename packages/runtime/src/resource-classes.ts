import type { HostFunction, ResourceType } from '@wit-ts/abi';
import { NameClaims, parseFunctionName, pascalCase } from '@wit-ts/mapping';
import type { PlanExport } from '@wit-ts/plan';
import type { Instantiation } from './instantiation.ts';
import { MemberClaims } from './member-names.ts';

type Member = Extract<PlanExport, { tag: 'func' }>;

interface ExportedClass {
  readonly type: ResourceType;
  readonly made: object;
  /** Its name in JavaScript. */
  readonly key: string;
  readonly members: MemberClaims;
}

/** The classes of the resources that one interface exports, with the functions that belong to them. */
export class ResourceClasses {
  readonly #instantiation: Instantiation;
  readonly #scope: string;
  readonly #classes = new Map<string, ExportedClass>();

  /** @param scope the name of the interface, empty at the level of the world */
  constructor(instantiation: Instantiation, exports: ReadonlyMap<string, PlanExport>, scope: string) {
    this.#instantiation = instantiation;
    this.#scope = scope;
    const names = new NameClaims();
    for (const [name, item] of exports) {
      if (item.tag !== 'resource') continue;
      const type = instantiation.resource(item.resource);
      const key = names.claim(pascalCase(name));
      // A resource of the host that the component exports again is the host's class, where the host gave one.
      const made =
        type.implementer === undefined ? type.hostClass : instantiation.guestClass(item.resource, key);
      if (made !== undefined) this.#classes.set(name, { type, made, key, members: new MemberClaims() });
    }
  }

  /** Puts a function where its name says. False for one that belongs to no resource. */
  add(name: string, { func }: Member): boolean {
    const parsed = parseFunctionName(name);
    const target = this.#classes.get(parsed.resource);
    if (parsed.style === 'function' || target === undefined) return false;
    const { type, made, members } = target;
    // The members of a class that the host gave are there already.
    if (type.implementer === undefined) return true;
    const use = parsed.style === 'method' ? 'method' : 'function';
    const lifted = this.#instantiation.exported(func, use, name, this.#scope);
    if (parsed.style === 'constructor') type.construct = lifted;
    else {
      const owner = parsed.style === 'static' ? made : (Reflect.get(made, 'prototype') as object);
      define(owner, members.claim(parsed), lifted);
    }
    return true;
  }

  *[Symbol.iterator](): Generator<readonly [name: string, made: object]> {
    for (const { key, made } of this.#classes.values()) yield [key, made];
  }
}

function define(target: object, name: string, value: HostFunction): void {
  Object.defineProperty(target, name, { value, writable: true, configurable: true });
}
