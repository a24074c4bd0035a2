import type { ComponentValue } from '@wit-ts/component/linking';
import { type Adopt, plan, type PlanComponent } from '@wit-ts/plan';
import { ForeignSpaces, type Origin } from '@wit-ts/plan/components';
import { compiledWithin } from '../limited-modules.ts';
import { type CompiledModules, Component } from '../compiled-component.ts';
import type { ModuleForm } from '../module-form.ts';
import { findImports } from '../find-imports.ts';
import type { Imports, MismatchedImport } from '../imports.ts';
import type { InstanceState } from '../instance/instance-state.ts';
import type { CoreRequest, Steps } from '../instance/run-steps.ts';
import { LinkError } from '../link-error.ts';
import type { ModuleLimit } from '../instance-budget.ts';
import { linkProblems } from '../import-problems.ts';
import { GivenModules } from './given-modules.ts';
import { explained, mismatchProblems } from './linking-problems.ts';
import { pathTo } from './path-to.ts';
import { MemoByObjects } from './memo-by-objects.ts';

/** The origin of a component that `compile` did not make. */
interface Provenance {
  /** The components that its core modules come from. */
  readonly owners?: readonly Component[];
  /** The scope around the component. */
  readonly origin?: Origin | undefined;
  readonly value: ComponentValue;
  /** Imported components that are already part of it, by the JSON of the names that lead to each import. */
  readonly given?: ReadonlyMap<string, Component>;
  /** True when nothing else has to be given before its plan can run. */
  readonly isClosed?: boolean;
}

/**
 * Components as values: components that a component imports, which are inlined once they are known, and components
 * that it exports, which see the scope around them. `compile` loads this for components with such imports or exports.
 */
export class Linking {
  /** The components that the core modules come from, if not from this one. */
  readonly owners: readonly Component[] | undefined;
  readonly origin: Origin | undefined;
  readonly value: ComponentValue;
  readonly #component: Component;
  /** The imports that are components or core modules. */
  readonly #wanted: readonly number[];
  /** The linked component for each combination of given components and modules. */
  readonly #variants = new MemoByObjects<Component>();
  readonly #exported = new Map<PlanComponent, Component>();
  readonly #modules: GivenModules;
  readonly #given: ReadonlyMap<string, Component>;

  constructor(component: Component, from?: Provenance) {
    const {
      owners,
      origin,
      value = { component: component.decoded },
      given = new Map(),
      isClosed = false,
    } = from ?? {};
    this.#given = given;
    this.owners = owners;
    this.origin = origin;
    this.value = value;
    this.#component = component;
    this.#modules = new GivenModules(component.plan.imports, value);
    this.#wanted = isClosed
      ? []
      : component.plan.imports.flatMap(({ item }, index) =>
          item.tag === 'component' || item.tag === 'module' ? index : [],
        );
  }

  /**
   * Returns the component with the host's components inlined: the component itself if it imports none.
   *
   * @throws LinkError with every import that is missing or has the wrong type
   */
  linked(host: Imports): Component {
    if (this.#wanted.length === 0) return this.#component;
    const { imports } = this.#component.plan;
    const mismatched: MismatchedImport[] = [];
    const found = findImports(imports, host, mismatched);
    const key = this.#wanted.map((index) => found[index]);
    const known = mismatched.length === 0 ? this.#variants.get(key as object[]) : undefined;
    if (known !== undefined) return known;
    const given = new Map(this.#wanted.map((index) => [JSON.stringify(imports[index]!.path), found[index]]));
    const all = [
      ...explained(linkProblems(mismatched, imports, host), mismatched),
      ...mismatchProblems(this.value, imports, given),
    ];
    if (all.length > 0) throw new LinkError(all);
    const linked = this.#linkedWith(given);
    this.#variants.set(key as object[], linked);
    return linked;
  }

  /**
   * Returns the component with some of the components inlined that it imports. The host gives the others, and
   * everything else, when it makes an instance.
   *
   * @param given by the JSON of the names that lead to each import
   * @throws LinkError with every component that has another type than its import
   */
  withComponents(given: ReadonlyMap<string, Component>): Component {
    const problems = mismatchProblems(this.value, this.#component.plan.imports, given);
    if (problems.length > 0) throw new LinkError(problems);
    return given.size === 0 && !this.#modules.haveLargeMemories()
      ? this.#component
      : this.#inlined(given, false);
  }

  #linkedWith(given: ReadonlyMap<string, unknown>): Component {
    const components = new Map(
      [...given].filter((each): each is [string, Component] => each[1] instanceof Component),
    );
    if (components.size === 0 && !this.#modules.haveLargeMemories()) return this.#component;
    return this.#inlined(components, true);
  }

  #inlined(given: ReadonlyMap<string, Component>, isClosed: boolean): Component {
    const all = new Map([...this.#given, ...given]);
    const adopt: Adopt = (modules) => ({
      enclosing: this.origin && new ForeignSpaces(this.origin, modules),
      component(path) {
        const value = all.get(JSON.stringify(path));
        if (value === undefined) return undefined;
        const { origin } = value.linking ?? {};
        const enclosing = origin && new ForeignSpaces(origin, modules);
        return { component: value.decoded, enclosing, value };
      },
      addressType: (imported, memory) => this.#modules.addressType(imported, memory),
    });
    return this.#derived(this.#component, adopt, {
      owners: [...new Set([this.#component, ...given.values()].flatMap(ownersOf))],
      origin: this.origin,
      value: this.value,
      given: all,
      isClosed,
    });
  }

  /**
   * Returns a component that an instance exports. All instances share it, unless it may use what one instance was
   * given.
   */
  exported(item: PlanComponent, instance: InstanceState): Component {
    if (item.value instanceof Component) return item.value;
    const known = this.#exported.get(item);
    if (known !== undefined) return known;
    const { plan: around } = this.#component;
    const isOfInstance = around.imports.some((each) => each.item.tag === 'module');
    const moduleOf: Origin['moduleOf'] = (ref) => {
      if (ref.tag === 'module') return around.modules[ref.index]!;
      const { item: imported } = around.imports[ref.import]!;
      if (imported.tag === 'known') return imported.value;
      return this.#modules.handOn(ref.import, instance.module(ref));
    };
    const origin = item.enclosing && { enclosing: item.enclosing, moduleOf };
    const adopt: Adopt = (modules) => ({
      enclosing: origin && new ForeignSpaces(origin, modules),
      component: () => undefined,
      addressType: (imported, memory) =>
        imported.item.tag === 'known' ? this.#modules.addressType(imported, memory) : 'i32',
    });
    const made = this.#derived({ decoded: item.component }, adopt, {
      owners: ownersOf(this.#component),
      origin,
      value: {
        component: item.component,
        origin: { outer: this.value, path: pathTo(item, around.exports) },
      },
    });
    if (!isOfInstance) this.#exported.set(item, made);
    return made;
  }

  /** Passes on the steps of an instance, with the host's core modules checked against their types. */
  typed(steps: Steps): Steps {
    return this.#modules.typed(steps);
  }

  /** Describes what the WebAssembly engine reported about a core module, if the module is the host's. */
  mismatchError({ from }: CoreRequest, error: unknown): LinkError | undefined {
    return from.tag === 'import' ? this.#modules.mismatchError(from.import, error) : undefined;
  }

  #derived({ decoded }: Pick<Component, 'decoded'>, adopt: Adopt, from: Provenance): Component {
    const { engine, parts, limits } = this.#component;
    return new Component({
      decoded,
      plan: plan(decoded, adopt),
      engine,
      parts,
      limits,
      link: (component) => new Linking(component, from),
    });
  }

  /**
   * Returns the core modules as their owners compiled them; nothing for a component with its own.
   *
   * @throws TypeError when they are not compiled in the form
   */
  gather(form: ModuleForm): CompiledModules | undefined {
    if (this.owners === undefined) return undefined;
    const compiled = new Map<Uint8Array, WebAssembly.Module>();
    const moduleLimits = new Map<Uint8Array, ModuleLimit>();
    for (const owner of this.owners) {
      const made = compiledWithin(owner, form);
      for (const [index, bytes] of owner.plan.modules.entries()) {
        compiled.set(bytes, made.modules[index]!);
        if (made.moduleLimits !== undefined) moduleLimits.set(bytes, made.moduleLimits[index]!);
      }
    }
    const all = this.#component.plan.modules;
    const modules = all.map((bytes) => compiled.get(bytes)!);
    if (moduleLimits.size === 0) return { modules, moduleLimits: undefined };
    return { modules, moduleLimits: all.map((bytes) => moduleLimits.get(bytes)!) };
  }
}

function ownersOf(component: Component): readonly Component[] {
  return component.linking?.owners ?? [component];
}
