import type { Component } from '@wit-ts/component';
import type { EnclosingSpaces } from '@wit-ts/component/elaborate';
import type { KnownModule, ModuleRef, PlanImport } from './plan.ts';

/** The parts of a plan that come from outside of the component. */
export interface Adopted {
  /** The index spaces around the root component, when it was defined inside another component. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** Returns the component that is given for an import, if it is known. */
  component(path: readonly string[]): AdoptedComponent | undefined;
  /** Returns the address type of a memory that an imported core module exports; i32 by default. */
  addressType?(imported: PlanImport, memory: string): 'i32' | 'i64';
}

export interface AdoptedComponent {
  readonly component: Component;
  /** The index spaces around its definition; absent for one that stands alone. */
  readonly enclosing: EnclosingSpaces | undefined;
  /** The host's object for it. */
  readonly value?: object;
}

/** Numbers the compiled core modules of components that come from outside. */
export interface Modules {
  known(value: KnownModule): Extract<ModuleRef, { tag: 'import' }>;
}

export type Adopt = (modules: Modules) => Adopted;
