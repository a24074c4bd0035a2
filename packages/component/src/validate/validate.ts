import type {
  Alias,
  Component,
  Declaration,
  Definition,
  DefType,
  ExternName,
  ExternType,
  Instance,
  Sort,
} from '../ast.ts';
import { Context, TooComplex } from '../elaborate/context.ts';
import { entityAt, evaluateDeclaration, evaluateDefinition, sortOf } from '../elaborate/evaluate.ts';
import { externEntity } from '../elaborate/extern.ts';
import { type Entity, peelValue } from '../elaborate/nodes.ts';
import { Scope } from '../elaborate/scope.ts';
import { sameValue } from '../elaborate/subtype.ts';
import { outOfBounds } from '../elaborate/types.ts';
import { ResourceNames } from './annotated-names.ts';
import { checkCanon } from './canon.ts';
import { aliasCoreExport, checkCoreInstance, CoreSpaces } from './core-spaces.ts';
import { checkCoreModule, checkCoreType } from './core-types.ts';
import type { Finding } from './finding.ts';
import { refersToResource } from './free-resources.ts';
import { attributeFaults, externNameFault, UniqueNames } from './names.ts';
import { checkTypeForm, checkTypeMeaning } from './type-rules.ts';
import { Visibility } from './visibility.ts';

export interface ValidateOptions {
  /** Whether the platform's engine judges the core modules; it does by default, where there is one. */
  readonly coreModules?: boolean;
}

/**
 * Checks a component by the rules of `Binary.md`, `Explainer.md` and `CanonicalABI.md`: index spaces, types, names,
 * visibility, resources, canonical options, arguments of instantiations. Gives everything that is wrong, in the order
 * of the binary; a definition that cannot be made out does not make others wrong that use it.
 */
export function validate(component: Component, options: ValidateOptions = {}): Finding[] {
  return new Validator(options.coreModules ?? true).run(component);
}

/** A scope that is being checked, and what is known of it besides its index spaces. */
class Place {
  readonly scope: Scope;
  readonly core = new CoreSpaces();
  readonly importNames = new UniqueNames('import');
  readonly exportNames = new UniqueNames('export');
  readonly importedResources = new ResourceNames();
  readonly exportedResources = new ResourceNames();
  readonly visibility = new Visibility();
  /** Values that have been used: each is to be used once. */
  readonly consumed = new Set<number>();

  constructor(scope: Scope) {
    this.scope = scope;
  }
}

class Validator {
  readonly #findings: Finding[] = [];
  readonly #path: string[] = [];
  readonly #context = new Context((code, message, offset) => this.#report('error', code, message, offset));
  readonly #engine: boolean;

  constructor(engine: boolean) {
    this.#engine = engine;
  }

  run(component: Component): Finding[] {
    try {
      this.#component(component, undefined);
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      this.#report('error', 'too-complex', error.message, error.offset);
    }
    return this.#findings;
  }

  #report(severity: Finding['severity'], code: string, message: string, offset: number): void {
    this.#findings.push({ code, severity, message, offset, path: [...this.#path] });
  }

  #gated(feature: string, offset: number): void {
    this.#report('warning', 'gated-feature', `${feature} are still gated by the specification`, offset);
  }

  #within(step: string, run: () => void): void {
    this.#path.push(step);
    run();
    this.#path.pop();
  }

  #component(component: Component, parent: Scope | undefined): void {
    const place = new Place(new Scope('component', parent));
    for (const definition of component.definitions) {
      this.#within(label(place, definition), () => this.#definition(place, definition));
    }
    place.scope.values.forEach((_, index) => {
      if (!place.consumed.has(index))
        this.#context.report('unused-value', `value ${index} is never used`, component.offset);
    });
  }

  #definition(place: Place, definition: Definition): void {
    const context = this.#context;
    const { scope, core } = place;
    const { offset } = definition;
    switch (definition.tag) {
      case 'core-module':
        checkCoreModule(context, definition.bytes, offset, this.#engine);
        break;
      case 'core-instance':
        checkCoreInstance(context, scope, core, definition.instance, offset);
        break;
      case 'core-type':
        checkCoreType(context, scope, definition.type, offset);
        break;
      case 'component':
        this.#component(definition.component, scope);
        break;
      case 'instance':
        this.#instance(place, definition.instance, offset);
        break;
      case 'alias':
        if (definition.alias.tag === 'core-export') aliasCoreExport(context, core, definition.alias, offset);
        break;
      case 'type':
        this.#typeForm(place, definition.type, offset);
        break;
      case 'import':
        this.#externName(place, 'import', definition.name, sortOf(definition.type), offset);
        break;
      case 'export':
        this.#externName(place, 'export', definition.name, definition.sort, offset);
        this.#consume(place, definition.sort, definition.index, offset);
        break;
      case 'start':
        this.#start(place, definition);
        break;
      case 'value':
        this.#gated('values', offset);
        break;
      case 'canon':
    }
    evaluateDefinition(context, scope, definition);
    switch (definition.tag) {
      case 'canon':
        checkCanon(context, scope, core, definition.canon, offset);
        break;
      case 'alias':
        this.#outerType(place, definition.alias, offset);
        break;
      case 'type':
        this.#typeMeaning(place, offset);
        break;
      case 'import':
        this.#introduced(
          place,
          'import',
          definition.name,
          scope.imports.get(definition.name.name)?.entity,
          offset,
        );
        break;
      case 'export':
        if (definition.type !== undefined) this.#ascription(place, definition, definition.type);
        this.#introduced(
          place,
          'export',
          definition.name,
          scope.exports.get(definition.name.name)?.entity,
          offset,
        );
        break;
      default:
    }
  }

  #typeForm(place: Place, type: DefType, offset: number): void {
    switch (type.tag) {
      case 'component':
      case 'instance':
        this.#declarations(place.scope, type, offset);
        return;
      case 'resource':
        this.#resource(place, type, offset);
        return;
      default:
        checkTypeForm(this.#context, type, offset);
    }
  }

  #typeMeaning({ scope }: Place, offset: number): void {
    const node = scope.types.at(-1);
    if (node !== undefined) checkTypeMeaning(this.#context, node, offset);
  }

  #resource({ scope, core }: Place, type: Extract<DefType, { tag: 'resource' }>, offset: number): void {
    const context = this.#context;
    if (scope.kind !== 'component') {
      context.report(
        'resource-in-type',
        `a resource cannot be defined in ${scope.kind === 'instance type' ? 'an' : 'a'} ${scope.kind}; export it with \`(sub resource)\``,
        offset,
      );
      return;
    }
    if (type.rep === 'i64') this.#gated('resources with a 64-bit representation', offset);
    else if (type.rep !== 'i32')
      context.report('bad-representation', `a resource is represented by i32, not ${type.rep}`, offset);
    if (type.destructor === undefined) return;
    const found = core.at(context, 'func', type.destructor, offset)?.type;
    if (
      found === undefined ||
      (found.params.length === 1 && found.params[0] === type.rep && found.results.length === 0)
    )
      return;
    context.report('wrong-core-type', `a destructor has the type [${type.rep}] -> []`, offset);
  }

  /** The inside of a component or instance type. */
  #declarations(
    parent: Scope,
    type: Extract<DefType, { tag: 'component' | 'instance' }>,
    offset: number,
  ): void {
    const context = this.#context;
    const place = new Place(new Scope(`${type.tag} type`, parent));
    context.nested(offset, () => {
      for (const declaration of type.declarations) {
        this.#within(declarationLabel(place, declaration), () => this.#declaration(place, declaration));
      }
    });
  }

  #declaration(place: Place, declaration: Declaration): void {
    const context = this.#context;
    const { scope } = place;
    const { offset } = declaration;
    switch (declaration.tag) {
      case 'core-type':
        checkCoreType(context, scope, declaration.type, offset);
        break;
      case 'type':
        this.#typeForm(place, declaration.type, offset);
        break;
      case 'alias':
        this.#aliasInType(declaration.alias, offset);
        break;
      case 'import':
      case 'export':
        this.#externName(place, declaration.tag, declaration.name, sortOf(declaration.type), offset);
    }
    evaluateDeclaration(context, scope, declaration, {});
    switch (declaration.tag) {
      case 'type':
        this.#typeMeaning(place, offset);
        return;
      case 'alias':
        this.#outerType(place, declaration.alias, offset);
        return;
      case 'import':
      case 'export': {
        const names = declaration.tag === 'import' ? scope.imports : scope.exports;
        this.#introduced(
          place,
          declaration.tag,
          declaration.name,
          names.get(declaration.name.name)?.entity,
          offset,
        );
      }
    }
  }

  #aliasInType(alias: Alias, offset: number): void {
    const allowed =
      alias.tag === 'outer' ? ['core type', 'type'] : alias.tag === 'export' ? ['instance', 'type'] : [];
    if (allowed.includes(alias.sort)) return;
    const text = alias.tag === 'core-export' ? 'a core export' : `a ${alias.sort}`;
    this.#context.report(
      'wrong-alias-sort',
      `${text} cannot be aliased inside a type; only types and instances can`,
      offset,
    );
  }

  /** A type from outside a component must not depend on resources, of which each instance has its own. */
  #outerType({ scope }: Place, alias: Alias, offset: number): void {
    if (alias.tag !== 'outer' || alias.sort !== 'type') return;
    const node = scope.types.at(-1);
    let crossed: Scope | undefined = scope;
    let leavesComponent = false;
    for (let i = 0; i < alias.count && crossed !== undefined; i += 1) {
      leavesComponent ||= crossed.kind === 'component';
      crossed = crossed.parent;
    }
    if (node !== undefined && leavesComponent && refersToResource(this.#context, node, offset)) {
      this.#context.report(
        'outer-resource',
        'the type refers to a resource, so it cannot be aliased from outside the component',
        offset,
      );
    }
  }

  #instance(place: Place, instance: Instance, offset: number): void {
    const context = this.#context;
    if (instance.tag === 'instantiate') {
      const names = new Set<string>();
      for (const { name, sort, index } of instance.args) {
        if (names.has(name)) context.report('name-conflict', `there are two arguments \`${name}\``, offset);
        names.add(name);
        this.#consume(place, sort, index, offset);
      }
      return;
    }
    const names = new UniqueNames('export');
    // No name of such an instance introduces a type, so no function of it can belong to a resource.
    const resources = new ResourceNames();
    for (const { name, sort, index } of instance.exports) {
      this.#checkName(name, sort, offset);
      names.add(context, name.name, offset);
      this.#consume(place, sort, index, offset);
      const entity = context.quietly(() => entityAt(context, place.scope, sort, index, offset));
      if (entity !== undefined) resources.check(context, name.name, entity, offset);
    }
  }

  #checkName(name: ExternName, sort: Sort, offset: number): void {
    const fault = externNameFault(name.name);
    if (fault !== undefined) this.#context.report('bad-name', `\`${name.name}\`: ${fault}`, offset);
    for (const attribute of attributeFaults(name, sort)) {
      this.#context.report('bad-attribute', `\`${name.name}\`: ${attribute}`, offset);
    }
  }

  #externName(
    place: Place,
    direction: 'import' | 'export',
    name: ExternName,
    sort: Sort,
    offset: number,
  ): void {
    this.#checkName(name, sort, offset);
    (direction === 'import' ? place.importNames : place.exportNames).add(this.#context, name.name, offset);
    if (sort === 'value') this.#gated('values', offset);
  }

  /** Rules of an import or export whose type is known. */
  #introduced(
    place: Place,
    direction: 'import' | 'export',
    name: ExternName,
    entity: Entity | undefined,
    offset: number,
  ): void {
    if (entity === undefined) return;
    const context = this.#context;
    const resources = direction === 'import' ? place.importedResources : place.exportedResources;
    resources.check(context, name.name, entity, offset);
    resources.register(name.name, entity);
    if (direction === 'export' && entity.tag === 'value') {
      const type = peelValue(entity.type);
      if (typeof type !== 'string' && type.hasBorrow)
        context.report('borrow-in-value', 'an exported value cannot hold a `borrow`', offset);
    }
    // Instance types are checked where an instance of them is imported or exported.
    if (place.scope.kind === 'instance type') return;
    const hidden = place.visibility.introduce(context, direction, entity, offset);
    if (hidden !== undefined)
      context.report('hidden-type', `the ${direction} \`${name.name}\` uses ${hidden}`, offset);
  }

  #ascription({ scope }: Place, definition: Extract<Definition, { tag: 'export' }>, type: ExternType): void {
    const context = this.#context;
    const { offset } = definition;
    const entity = context.quietly(() => entityAt(context, scope, definition.sort, definition.index, offset));
    const mismatch = context
      .mismatches('wrong-ascription', offset)
      ?.at(`the type given to the export \`${definition.name.name}\` does not fit`);
    if (definition.sort !== sortOf(type))
      mismatch?.add(`a ${definition.sort} is exported as a ${sortOf(type)}`);
    else if (entity !== undefined && mismatch !== undefined) {
      context.quietly(() => externEntity(context, scope, type, offset, { entity, mismatch }));
    }
  }

  #consume({ scope, consumed }: Place, sort: Sort, index: number, offset: number): void {
    if (sort !== 'value' || index >= scope.values.length) return;
    if (consumed.has(index))
      this.#context.report('value-used-twice', `value ${index} has been used already`, offset);
    consumed.add(index);
  }

  #start(place: Place, definition: Extract<Definition, { tag: 'start' }>): void {
    const context = this.#context;
    const { scope } = place;
    const { offset, args, results } = definition;
    this.#gated('start functions of components', offset);
    if (definition.func >= scope.funcs.length) {
      context.report(
        'index-out-of-bounds',
        outOfBounds('function', definition.func, scope.funcs.length),
        offset,
      );
    }
    for (const index of args) {
      if (index >= scope.values.length)
        context.report('index-out-of-bounds', outOfBounds('value', index, scope.values.length), offset);
      this.#consume(place, 'value', index, offset);
    }
    const func = scope.funcs[definition.func];
    if (func === undefined) return;
    if (func.params.length !== args.length) {
      context.report(
        'wrong-argument',
        `the start function takes ${func.params.length} values and is given ${args.length}`,
        offset,
      );
    }
    const count = func.result === undefined ? 0 : 1;
    if (count !== results)
      context.report(
        'wrong-result-count',
        `the start function gives ${count} values, not ${results}`,
        offset,
      );
    for (const [i, param] of func.params.entries()) {
      const value = args[i] === undefined ? undefined : scope.values[args[i]];
      const mismatch = context.mismatches('wrong-argument', offset);
      if (value !== undefined && mismatch !== undefined)
        sameValue(context, param.type, value, mismatch.at(`argument \`${param.name}\``));
    }
  }
}

function label({ scope, core }: Place, definition: Definition): string {
  switch (definition.tag) {
    case 'core-module':
      return `core module ${scope.modules.length}`;
    case 'core-instance':
      return `core instance ${core.instances.length}`;
    case 'core-type':
      return `core type ${scope.coreTypes.length}`;
    case 'component':
      return `component ${scope.components.length}`;
    case 'instance':
      return `instance ${scope.instances.length}`;
    case 'type':
      return `type ${scope.types.length}`;
    case 'canon':
      return definition.canon.tag === 'lift' ? `func ${scope.funcs.length}` : `core func ${core.func.length}`;
    case 'import':
    case 'export':
      return `${definition.tag} \`${definition.name.name}\``;
    case 'alias':
      return `alias of a ${definition.alias.tag === 'core-export' ? 'core ' : ''}${definition.alias.sort}`;
    default:
      return definition.tag;
  }
}

function declarationLabel({ scope }: Place, declaration: Declaration): string {
  switch (declaration.tag) {
    case 'core-type':
      return `core type ${scope.coreTypes.length}`;
    case 'type':
      return `type ${scope.types.length}`;
    case 'alias':
      return `alias of a ${declaration.alias.sort}`;
    default:
      return `${declaration.tag} \`${declaration.name.name}\``;
  }
}
