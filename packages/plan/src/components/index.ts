/** For those who hand components on: what a component brings along from around it, and what a component type says. */
export { type Shape, type ShapeItem, shapeOf } from './declared.ts';
export { ForeignScope, type ModuleOf, type Origin } from './foreign-scope.ts';
