import type { Component } from '../compiled-component.ts';
import type { ComponentSource } from '../component.ts';
import type { GeneratedOptions } from '../instantiate.ts';
import type { CompatibleImports, CompatibleKeys } from './v1.ts';

/** What follows the component in a call that instantiates it. Imports may be left out if none is required. */
type ImportsAndOptions<Imports, Given = Imports> = object extends Imports
  ? [imports?: Given, options?: GeneratedOptions]
  : [imports: Given, options?: GeneratedOptions];

/** The function `instantiate` of generated code. */
export interface Instantiate<Imports, Exports> {
  /**
   * Instantiates a component of the world.
   *
   * @throws {LinkError} when the component does not fit the contract, if there is one, or when an import is missing or
   *   has the wrong form; it lists every reason
   */
  (component: ComponentSource, ...rest: ImportsAndOptions<Imports>): Promise<Exports>;
}

/** `Instantiate` for a world whose imports may have other versions. */
export interface InstantiateCompatible<Imports, Exports> {
  /**
   * Instantiates a component of the world.
   *
   * @throws {LinkError} when the component does not fit the contract, if there is one, or when an import is missing or
   *   has the wrong form; it lists every reason
   */
  <Given extends CompatibleKeys<Imports>>(
    component: ComponentSource,
    ...rest: ImportsAndOptions<Imports, Imports | CompatibleImports<Given, Imports>>
  ): Promise<Exports>;
}

/** The function `instantiateSync` of generated code. */
export interface InstantiateSync<Imports, Exports> {
  /**
   * Instantiates a compiled component of the world without a promise.
   *
   * @throws {LinkError} as `instantiate`
   */
  (component: Component, ...rest: ImportsAndOptions<Imports>): Exports;
}

/** `InstantiateSync` for a world whose imports may have other versions. */
export interface InstantiateSyncCompatible<Imports, Exports> {
  /**
   * Instantiates a compiled component of the world without a promise.
   *
   * @throws {LinkError} as `instantiate`
   */
  <Given extends CompatibleKeys<Imports>>(
    component: Component,
    ...rest: ImportsAndOptions<Imports, Imports | CompatibleImports<Given, Imports>>
  ): Exports;
}
