import type { Component } from '../ast.ts';
import type { ModuleType } from '../core/module-type.ts';
import { subModule } from '../core/subtype.ts';
import { DecodeError } from '../decode-error.ts';
import { instantiateAsDeclared } from '../elaborate/as-declared.ts';
import { ComparingContext } from '../elaborate/comparing-context.ts';
import { TooComplex } from '../elaborate/evaluation-context.ts';
import { faultTexts } from '../elaborate/fault-texts.ts';
import { evaluateDefinition } from '../elaborate/evaluate.ts';
import { MismatchCollector } from '../elaborate/mismatch-collector.ts';
import { moduleTypeOf } from '../elaborate/module-type-of.ts';
import type { ComponentNode, Entity, InstanceNode } from '../elaborate/nodes.ts';
import { type EnclosingSpaces, IndexSpaces } from '../elaborate/index-spaces.ts';
import { rareEvaluation } from '../elaborate/rare-evaluation.ts';
import { subComponent, typeComparer } from '../elaborate/subtype.ts';
import { givenModule, type ModuleNames } from './given-module.ts';

/** A component as a value: its decoded form, and where another component contains it. */
export interface ComponentValue {
  readonly component: Component;
  /** The component that exports it, and the names that lead to the export. */
  readonly origin?: { readonly outer: ComponentValue; readonly path: readonly string[] };
}

/** The components and core modules that a host gives for imports, by the names that lead to each import. */
export interface Given {
  component(path: readonly string[]): ComponentValue | undefined;
  /** Returns the bytes of a core module, or its names if only the compiled module is available. */
  module(path: readonly string[]): Uint8Array | ModuleNames | undefined;
}

/** An import for which a component or core module of another type is given, with every difference. */
export interface ImportMismatch {
  readonly path: readonly string[];
  readonly differences: readonly string[];
}

/**
 * Compares the components and core modules that a host gives with the types of their imports (`Explainer.md`, "Type
 * Checking"). Imports for which nothing is given are passed over, and faults of the component itself are reported by
 * `validate`.
 */
export function importMismatches(value: ComponentValue, given: Given): ImportMismatch[] {
  return new Check(given).run(value);
}

/**
 * Returns the types of the core modules that a component imports, by the JSON of the names that lead to each import.
 */
export function moduleTypes(value: ComponentValue): ReadonlyMap<string, ModuleType> {
  const types = new Map<string, ModuleType>();
  const nothing = { component: () => undefined, module: () => undefined };
  new Check(nothing, (path, type) => types.set(JSON.stringify(path), type)).run(value);
  return types;
}

/** All components are evaluated in one context, so that the resources of each are distinct. */
class Check {
  readonly #given: Given;
  readonly #context = new ComparingContext({
    texts: faultTexts,
    report: () => undefined,
    instantiate: instantiateAsDeclared,
    comparer: typeComparer,
    rare: rareEvaluation,
  });
  readonly #mismatches: ImportMismatch[] = [];
  /** The import that is being compared. */
  #at: readonly string[] = [];

  readonly #modules: ((path: readonly string[], type: ModuleType) => void) | undefined;

  /** @param modules receives the types of imported core modules */
  constructor(given: Given, modules?: (path: readonly string[], type: ModuleType) => void) {
    this.#given = given;
    this.#modules = modules;
  }

  run(value: ComponentValue): ImportMismatch[] {
    try {
      this.#root(value);
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      this.#mismatches.push({ path: this.#at, differences: [error.plainMessage] });
    }
    return this.#mismatches;
  }

  #root(value: ComponentValue): void {
    const { definitions } = value.component;
    const spaces = new IndexSpaces('component', this.#enclosing(value));
    for (const definition of definitions) {
      const entity = evaluateDefinition(this.#context, spaces, definition);
      if (definition.tag === 'import') this.#import([definition.name.name], entity, definition.offset);
    }
  }

  #import(path: readonly string[], entity: Entity | undefined, offset: number): void {
    if (entity?.tag === 'instance') {
      for (const [name, { entity: inner }] of entity.instance.exports)
        this.#import([...path, name], inner, offset);
      return;
    }
    this.#at = path;
    const differences: string[] = [];
    this.#compare(path, entity, offset, new MismatchCollector((message) => differences.push(message)));
    if (differences.length > 0) this.#mismatches.push({ path, differences });
  }

  #compare(
    path: readonly string[],
    entity: Entity | undefined,
    offset: number,
    mismatch: MismatchCollector,
  ): void {
    if (entity?.tag === 'component' && entity.component.tag === 'component') {
      const value = this.#given.component(path);
      const found = value && this.#node(value);
      if (found !== undefined) subComponent(this.#context, entity.component, found, offset, mismatch);
      else if (value !== undefined) mismatch.add('its type is faulty');
    } else if (entity?.tag === 'core module') {
      const given = this.#given.module(path);
      const expected = moduleTypeOf(entity.module);
      if (expected instanceof DecodeError) return;
      this.#modules?.(path, expected);
      if (given === undefined) return;
      const found =
        given instanceof Uint8Array
          ? moduleTypeOf({ tag: 'body', bytes: given, offset: 0 })
          : givenModule(given, expected);
      if (!(found instanceof DecodeError)) subModule(expected, found, mismatch);
    }
  }

  #node({ component, origin }: ComponentValue): ComponentNode | undefined {
    if (origin === undefined) return { tag: 'body', component, enclosing: undefined };
    let exports: InstanceNode['exports'] | undefined = this.#spaces(origin.outer).exports;
    let entity: Entity | undefined;
    for (const name of origin.path) {
      entity = exports?.get(name)?.entity;
      exports = entity?.tag === 'instance' ? entity.instance.exports : undefined;
    }
    return entity?.tag === 'component' ? entity.component : undefined;
  }

  /** Returns the index spaces around the definition of a component, even when it is exported with an ascribed type. */
  #enclosing(value: ComponentValue): EnclosingSpaces | undefined {
    const node = this.#node(value);
    if (node?.tag === 'body') return node.enclosing;
    return value.origin && around(this.#spaces(value.origin.outer), value.component);
  }

  #spaces(value: ComponentValue): IndexSpaces {
    const spaces = new IndexSpaces('component', this.#enclosing(value));
    for (const definition of value.component.definitions)
      evaluateDefinition(this.#context, spaces, definition);
    return spaces;
  }
}

/** Returns what the body of a component sees around it, in the index spaces in which it is defined. */
function around(spaces: IndexSpaces, component: Component): EnclosingSpaces | undefined {
  for (let index = 0; index < spaces.count('component'); index += 1) {
    const node = spaces.entity('component', index)?.component;
    if (node?.tag === 'body' && node.component === component) return node.enclosing;
  }
  return undefined;
}
