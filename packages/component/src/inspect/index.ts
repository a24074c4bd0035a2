/** Describes the contents of a component for people: sizes, names, and the tools that made it. */
export {
  contentsOf,
  type ComponentContents,
  type ExternContents,
  type InstanceContents,
  type ModuleContents,
  type NestedContents,
} from './contents.ts';
export { coreModuleContents, type CoreModuleContents } from './core-module.ts';
export { readNames, type ComponentNames } from './names.ts';
export { readProducers, type Producer } from './producers.ts';
