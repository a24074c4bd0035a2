import { withoutPrototype } from '@wit-ts/model';
import type { Component, Declaration, Definition, DefType } from '../ast.ts';
import { ComparingContext } from '../elaborate/comparing-context.ts';
import { type EvaluationContext, TooComplex } from '../elaborate/evaluation-context.ts';
import { evaluateDeclaration, sortOf } from '../elaborate/declarations.ts';
import { evaluateDefinition } from '../elaborate/evaluate.ts';
import { rareEvaluation } from '../elaborate/rare-evaluation.ts';
import { textsWithSuggestions } from '../elaborate/suggestions.ts';
import { type EnclosingSpaces, IndexSpaces, Snapshot } from '../elaborate/index-spaces.ts';
import { instantiateAsDeclared } from '../elaborate/as-declared.ts';
import type { EvaluatedType } from '../elaborate/nodes.ts';
import { typeComparer } from '../elaborate/subtype.ts';
import { checkAliasInType, checkOuterType } from './aliases.ts';
import { checkCanon } from './canon.ts';
import { aliasCoreExport, checkCoreInstance } from './core-spaces.ts';
import { checkCoreModule, checkCoreType } from './core-types.ts';
import { checkAscription, checkExternName, checkInstance, checkIntroduced } from './externs.ts';
import type { Finding } from './finding.ts';
import { label, CheckedScope } from './checked-scope.ts';
import { checkResource, checkTypeForm, checkTypeMeaning } from './type-rules.ts';
import { MAX_TYPE_SIZE, TypeSizes } from './type-size.ts';
import { checkAllConsumed, checkStart, consume, gated } from './values.ts';

/** The options of `validate`. */
export interface ValidateOptions {
  /** Whether the platform's WebAssembly engine validates the core modules; by default it does when there is one. */
  readonly coreModules?: boolean;
}

/**
 * Checks a component by the rules of `Binary.md`, `Explainer.md` and `CanonicalABI.md`: index spaces, types, names,
 * visibility, resources, canonical options, arguments of instantiations. Returns all findings in the
 * order of the binary. A faulty definition is reported once, and its uses are not reported. The contents of value
 * definitions are not checked.
 */
export function validate(component: Component, options: ValidateOptions = {}): Finding[] {
  return new Validator(withoutPrototype(options).coreModules ?? true).run(component);
}

class Validator {
  readonly #findings: Finding[] = [];
  readonly #path: string[] = [];
  readonly #context: EvaluationContext;
  readonly #engine: boolean;
  readonly #sizes = new TypeSizes();

  constructor(engine: boolean) {
    this.#engine = engine;
    this.#context = new ComparingContext({
      texts: textsWithSuggestions(),
      report: (code, message, offset) => this.#report(code, message, offset),
      instantiate: instantiateAsDeclared,
      comparer: typeComparer,
      rare: rareEvaluation,
    });
  }

  run(component: Component): Finding[] {
    try {
      this.#component(component, undefined);
    } catch (error) {
      if (!(error instanceof TooComplex)) throw error;
      this.#report('too-complex', error.plainMessage, error.offset);
    }
    return this.#findings;
  }

  #report(code: string, message: string, offset: number): void {
    const severity = code === 'gated-feature' ? 'warning' : 'error';
    this.#findings.push({ code, severity, message, offset, path: [...this.#path] });
  }

  #component(component: Component, parent: EnclosingSpaces | undefined): void {
    const checked = new CheckedScope(new IndexSpaces('component', parent));
    for (const definition of component.definitions) {
      this.#path.push(label(checked, definition));
      this.#definition(checked, definition);
      this.#path.pop();
    }
    checkAllConsumed(this.#context, checked, component.offset);
    const { imports, exports } = checked.spaces;
    this.#checkSize(this.#sizes.recordScope(component, imports, exports), component.offset);
  }

  #checkSize(size: number, offset: number): void {
    if (size <= MAX_TYPE_SIZE) return;
    const message = `the type has more than ${MAX_TYPE_SIZE} parts when each type that it mentions is written out`;
    this.#context.report('type-too-complex', message, offset);
  }

  #checkTypeSize(node: EvaluatedType | undefined, offset: number): void {
    if (node?.tag === 'defined' || node?.tag === 'func') this.#checkSize(this.#sizes.type(node), offset);
  }

  #definition(checked: CheckedScope, definition: Definition): void {
    this.#beforeDefinition(checked, definition);
    const context = this.#context;
    const { spaces } = checked;
    const { offset } = definition;
    const entity = evaluateDefinition(context, spaces, definition);
    switch (definition.tag) {
      case 'canon':
        checkCanon(context, spaces, checked.core, definition.canon, offset);
        return;
      case 'alias':
        checkOuterType(context, spaces, definition.alias, offset);
        return;
      case 'type':
        checkTypeMeaning(context, spaces.last('type')?.type, offset);
        this.#checkTypeSize(spaces.last('type')?.type, offset);
        return;
      case 'instance': {
        const instance = spaces.last('instance');
        if (instance !== undefined) this.#checkSize(this.#sizes.entity(instance), offset);
        return;
      }
      case 'export':
        if (definition.type !== undefined) checkAscription(context, checked, definition, definition.type);
        checkIntroduced(context, checked, 'export', definition.name, entity, offset);
        return;
      case 'import':
        checkIntroduced(context, checked, 'import', definition.name, entity, offset);
        return;
      default:
    }
  }

  #beforeDefinition(checked: CheckedScope, definition: Definition): void {
    const context = this.#context;
    const { spaces, core } = checked;
    const { offset } = definition;
    switch (definition.tag) {
      case 'core-module':
        checkCoreModule(context, definition.bytes, offset, this.#engine);
        return;
      case 'core-instance':
        checkCoreInstance(context, spaces, core, definition.instance, offset);
        return;
      case 'core-type':
        checkCoreType(context, spaces, definition.type, offset);
        return;
      case 'component':
        this.#component(definition.component, new Snapshot(spaces));
        return;
      case 'instance':
        checkInstance(context, checked, definition.instance, offset);
        return;
      case 'alias':
        if (definition.alias.tag === 'core-export') aliasCoreExport(context, core, definition.alias, offset);
        return;
      case 'type':
        this.#type(checked, definition.type, offset);
        return;
      case 'import':
        checkExternName(context, checked, 'import', definition.name, sortOf(definition.type), offset);
        return;
      case 'export':
        checkExternName(context, checked, 'export', definition.name, definition.sort, offset);
        consume(context, checked, definition.sort, definition.index, offset);
        return;
      case 'start':
        checkStart(context, checked, definition);
        return;
      case 'value':
        gated(context, 'values', offset);
        return;
      case 'canon':
    }
  }

  #type(checked: CheckedScope, type: DefType, offset: number): void {
    switch (type.tag) {
      case 'component':
      case 'instance':
        this.#declarations(new Snapshot(checked.spaces), type, offset);
        return;
      case 'resource':
        checkResource(this.#context, checked, type, offset);
        return;
      default:
        checkTypeForm(this.#context, type, offset);
    }
  }

  /** The inside of a component or instance type. */
  #declarations(
    parent: EnclosingSpaces,
    type: Extract<DefType, { tag: 'component' | 'instance' }>,
    offset: number,
  ): void {
    const checked = new CheckedScope(new IndexSpaces(`${type.tag} type`, parent));
    for (const declaration of type.declarations) {
      this.#path.push(label(checked, declaration));
      this.#declaration(checked, declaration);
      this.#path.pop();
    }
    const { imports, exports } = checked.spaces;
    this.#checkSize(this.#sizes.recordScope(type.declarations, imports, exports), offset);
  }

  #declaration(checked: CheckedScope, declaration: Declaration): void {
    const context = this.#context;
    const { spaces } = checked;
    const { offset } = declaration;
    switch (declaration.tag) {
      case 'core-type':
        checkCoreType(context, spaces, declaration.type, offset);
        break;
      case 'type':
        this.#type(checked, declaration.type, offset);
        break;
      case 'alias':
        checkAliasInType(context, declaration.alias, offset);
        break;
      case 'import':
      case 'export':
        checkExternName(
          context,
          checked,
          declaration.tag,
          declaration.name,
          sortOf(declaration.type),
          offset,
        );
    }
    const entity = evaluateDeclaration(context, spaces, declaration);
    switch (declaration.tag) {
      case 'type':
        checkTypeMeaning(context, spaces.last('type')?.type, offset);
        this.#checkTypeSize(spaces.last('type')?.type, offset);
        return;
      case 'alias':
        checkOuterType(context, spaces, declaration.alias, offset);
        return;
      case 'import':
      case 'export':
        checkIntroduced(context, checked, declaration.tag, declaration.name, entity, offset);
        return;
      case 'core-type':
    }
  }
}
