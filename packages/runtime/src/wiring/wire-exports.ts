import { type ClassMember, exportSurface, type Member } from '@wit-ts/mapping';
import type { Plan, PlanExport } from '@wit-ts/plan';
import type { FunctionWirer } from './wire-functions.ts';
import type { ExportWiring } from './wiring.ts';

/** The surfaces of exports whose names are not decided by the component alone. */
export const knownSurfaces = new WeakMap<Plan['exports'], readonly Member<PlanExport>[]>();

/** Decides how the exports of a component are made: their names in JavaScript, and the functions behind them. */
export function wireExports(plan: Plan, functions: FunctionWirer): readonly ExportWiring[] {
  const surface = knownSurfaces.get(plan.exports) ?? exportSurface(plan.exports);
  return new ExportWirer(plan, functions).members(surface, '');
}

class ExportWirer {
  readonly #plan: Plan;
  readonly #functions: FunctionWirer;
  /** The objects of instances that are wired already: one instance may be exported under many names. */
  readonly #objects = new Map<readonly Member<PlanExport>[], readonly ExportWiring[]>();

  constructor(plan: Plan, functions: FunctionWirer) {
    this.#plan = plan;
    this.#functions = functions;
  }

  /** @param scope the name of the interface; empty for the world */
  members(members: readonly Member<PlanExport>[], scope: string): readonly ExportWiring[] {
    return members.flatMap((member) => this.#member(member, scope));
  }

  #member(member: Member<PlanExport>, scope: string): readonly ExportWiring[] {
    const { name, keys } = member;
    switch (member.tag) {
      case 'function': {
        const index = this.#functions.exported(member.item.func, 'function', fullName(name, scope));
        return [{ tag: 'function', keys, function: index }];
      }
      case 'class':
        return this.#class(member, scope);
      case 'object': {
        let inner = this.#objects.get(member.members);
        if (inner === undefined) {
          inner = this.members(member.members, name);
          this.#objects.set(member.members, inner);
        }
        return [{ tag: 'object', keys, members: inner }];
      }
      case 'value':
        return member.item.tag === 'module'
          ? [{ tag: 'module', keys, module: member.item.module }]
          : [{ tag: 'component', keys, component: member.item }];
    }
  }

  #class({ item, keys, functions }: ClassMember<PlanExport>, scope: string): readonly ExportWiring[] {
    if (item === undefined) return [];
    const { resource } = item;
    // A resource of the host has the class of the host, which has its functions already.
    const own = this.#plan.resources[resource]!.tag === 'host' ? [] : functions;
    const members = own.map(({ name, style, keys: [key], item: { func } }) => {
      const use = style === 'method' ? 'method' : 'function';
      return { style, key, function: this.#functions.exported(func, use, fullName(name, scope)) };
    });
    return [{ tag: 'class', keys, resource, functions: members }];
  }
}

function fullName(name: string, scope: string): string {
  return scope === '' ? name : `${scope}#${name}`;
}
