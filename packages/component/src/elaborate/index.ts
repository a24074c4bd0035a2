/**
 * The evaluation of a component's definitions into index spaces, which the validator, the reader of worlds, the
 * linker and the planner share. Types are resolved, aliases are followed, and each instantiation is evaluated with
 * its arguments.
 */
export { entityAt, typeAt, valueType } from './index-lookup.ts';
export {
  type Arguments,
  EvaluationContext,
  type EvaluationOptions,
  faultText,
  type RareEvaluation,
} from './evaluation-context.ts';
export type { FaultTexts } from './fault-texts.ts';
export { evaluateDeclarations, externEntity, type GivenEntities, sortOf } from './declarations.ts';
export { evaluateDefinition, instantiateWith } from './evaluate.ts';
export { rareEvaluation } from './rare-evaluation.ts';
export { instantiateAsDeclared } from './as-declared.ts';
export { type EnclosingSpaces, IndexSpaces, type SpacesKind } from './index-spaces.ts';
export {
  type ComponentBodyNode,
  type ComponentNode,
  type ComponentTypeNode,
  type CoreTypeNode,
  type Entity,
  type Exported,
  type FuncRef,
  type InstanceNode,
  type ModelFuncType,
  modelOf,
  type ModuleNode,
  peel,
  peelValue,
  type ResourceNode,
  type EvaluatedType,
  type ValueNode,
} from './nodes.ts';
