/**
 * Components that are passed on: what a component uses of the components around it, and the contents of a component
 * type.
 */
export { type ComponentShape, type ShapeItem, componentShapeOf } from './component-shape.ts';
export { ForeignSpaces, type ModuleOf, type Origin } from './foreign-spaces.ts';
