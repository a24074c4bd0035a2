/** For those who pass components on: what a component brings along from around it, and what a component type says. */
export { type ComponentShape, type ShapeItem, componentShapeOf } from './component-shape.ts';
export { ForeignSpaces, type ModuleOf, type Origin } from './foreign-spaces.ts';
