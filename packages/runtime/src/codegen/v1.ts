/**
 * The functions and types that generated bindings import, and nothing else. The version in the path is a contract:
 * files that were generated once continue to work.
 */
import { camelCase, lastPart } from '@wit-ts/mapping';
import type { Contract } from '@wit-ts/model';
import type { Plan } from '@wit-ts/plan';
import { type Component, componentOf, type ComponentSource } from '../component.ts';
import { fits } from '../contract/fits.ts';
import type { Imports } from '../imports.ts';
import { instantiate, type InstantiateOptions } from '../instantiate.ts';
import { LinkError } from '../link-error.ts';

export { ComponentError } from '@wit-ts/abi';
export type { Contract } from '@wit-ts/model';
export type { Component } from '../component.ts';
export type { InstantiateOptions } from '../instantiate.ts';
export type { ComponentSource as Source } from '../component.ts';

/**
 * A `result` that is a value, and not what a function returns or throws: `{ tag: 'ok', val }` or `{ tag: 'err', val
 * }`. A side without a payload is `void`: the runtime gives its objects `val: undefined`, and hosts may leave it out.
 */
export type Result<T, E> = ResultSide<'ok', T> | ResultSide<'err', E>;

type ResultSide<Tag, T> = [T] extends [void] ? { tag: Tag; val?: void } : { tag: Tag; val: T };

/** An `option` whose inner type is an option too, so that `none` and `some(none)` differ. */
export type Option<T> = { tag: 'none' } | { tag: 'some'; val: T };

declare const kind: unique symbol;

/** An object of a component. No host can make one, so that it is not taken for an object of another kind. */
export interface OfComponent<Kind extends string> {
  readonly [kind]: { readonly ofComponent: true } & { readonly [K in Kind]: true };
}

/** An object of the host, which cannot be an object of a component of this kind. */
export interface NotOfComponent<Kind extends string> {
  readonly [kind]?: { readonly ofComponent: true } & { readonly [K in Kind]?: never };
}

/**
 * What a host may give for a value of a type: arrays that cannot be changed, and any array of numbers for a typed
 * array.
 */
export type FromHost<T> = T extends NotCopied
  ? T
  : T extends { readonly BYTES_PER_ELEMENT: number; readonly [index: number]: infer N }
    ? T | readonly N[]
    : T extends Map<infer K, infer V>
      ? Map<FromHost<K>, FromHost<V>>
      : typeof Symbol.dispose extends keyof T
        ? T
        : { readonly [K in keyof T]: FromHost<T[K]> };

/**
 * What a host may give for a stream: an async iterable or a `ReadableStream` of its elements. Those of a stream of
 * numbers may come in arrays, as the chunks of a `ReadableStream` do.
 */
export type StreamFromHost<T> =
  | AsyncIterable<T>
  | Readable<T>
  | (T extends number | bigint ? AsyncIterable<ArrayLike<T>> | Readable<ArrayLike<T>> : never);

/** The part of `ReadableStream` that is read: not every platform declares that type. */
interface Readable<T> {
  getReader(): { read(): PromiseLike<{ done: boolean; value?: T | undefined }> };
}

type NotCopied =
  string | number | bigint | boolean | undefined | Error | PromiseLike<unknown> | AsyncIterable<unknown>;

/**
 * The imports of a world under the names that the runtime accepts: interfaces with or without their versions, in one
 * style for all of them, or with versions for all but those of WASI; functions and classes of the world itself under
 * their names in JavaScript or in WIT, as they are or as the `default` of an object.
 *
 * @typeParam Exact the imports under their full names and their names in JavaScript
 * @typeParam Labels the names in WIT of keys that differ from them
 */
export type WorldImports<Exact, Labels = undefined> =
  | WithDefaults<Exact>
  | WithoutVersions<Exact, WithDefaults<Exact>>
  | (Labels extends undefined
      ? never
      : InStyle<Exact, Labelled<Exact, Labels>> | WithoutVersions<Exact, Labelled<Exact, Labels>>);

/** Interfaces without versions: all, or those of WASI. */
type WithoutVersions<Exact, T> =
  InStyle<Exact, Unversioned<T, string>> | InStyle<Exact, Unversioned<T, `wasi:${string}`>>;

/** What is required under other names, while the exact names can still be used to name a part of the imports. */
type InStyle<Exact, T> = T & Partial<WithDefaults<Exact>>;

type Unversioned<T, Pattern extends string> = {
  [K in keyof T as K extends Pattern ? (K extends `${infer Name}@${string}` ? Name : K) : K]: T[K];
};

type Labelled<Exact, Labels> = {
  [
    K in keyof WithDefaults<Exact> as K extends keyof Labels ? (Labels[K] extends string ? Labels[K] : K) : K
  ]: WithDefaults<Exact>[K];
};

/**
 * Imports that have interfaces under compatible versions instead of those that the world names: `a:b/c@0.2.6` for
 * `a:b/c@0.2.3`, and `a:b/c@1.9.0` for `a:b/c@1.0.0`. All other interfaces have their names in the world. The type is
 * `never` for imports that use no other version, so that their faults are reported as if it did not exist.
 *
 * @typeParam Given the imports that are given, which are inferred
 * @typeParam Wanted the imports of the world
 */
export type CompatibleImports<Given, Wanted> = Given &
  (IsPattern<keyof Given, keyof CompatibleKeys<Wanted>> extends true ? unknown : UnderGiven<Given, Wanted>);

/** The interfaces of imports under all compatible versions: the compiler infers parameters of functions from it. */
export type CompatibleKeys<Wanted> = { [K in keyof Wanted as Compatible<K>]?: Wanted[K] };

/**
 * Whether the keys are all compatible ones. Then the compiler asks what the imports may be before it has read those
 * that are given.
 */
type IsPattern<Keys, Pattern> = [Pattern] extends [Keys] ? true : false;

type UnderGiven<Given, Wanted> = Wanted extends unknown
  ? [{ [K in keyof Wanted]-?: Other<keyof Given, K> }[keyof Wanted]] extends [never]
    ? never
    : {
        [K in keyof Wanted as [Other<keyof Given, K>] extends [never] ? K : Other<keyof Given, K>]: Wanted[K];
      }
  : never;

/** The names that are given for the interface `K` when its own name is not. */
type Other<Names, K> = K extends Names ? never : Extract<Names, Compatible<K>>;

/** All names with a version that is compatible with that of a name. */
type Compatible<Name> = Name extends `${infer Path}@${infer Version}`
  ? Version extends `0.0.${string}`
    ? never
    : Version extends `0.${infer Minor}.${bigint}`
      ? `${Path}@0.${Minor}.${bigint}`
      : Version extends `${infer Major}.${bigint}.${bigint}`
        ? `${Path}@${Major}.${bigint}.${bigint}`
        : never
  : never;

/** Keys of interfaces have a colon; all others are functions, classes and inline interfaces of the world itself. */
type WithDefaults<T> = { [K in keyof T]: K extends `${string}:${string}` ? T[K] : OrDefault<T[K]> };

type OrDefault<T> = T extends
  ((...args: never) => unknown) | (abstract new (...args: never) => unknown) | { readonly prototype: unknown }
  ? T | { readonly default: T }
  : T;

/** For each contract that a component fulfils: the component with the names of the contract. */
const verified = new WeakMap<Component, WeakMap<Contract, Component>>();

/**
 * Instantiates a component under the contract of its bindings.
 *
 * @throws LinkError with every reason why the component does not satisfy the world, or why the imports do not fit the
 *   component
 */
export async function instantiateWorld<Exports extends object>(
  contract: Contract,
  source: ComponentSource,
  imports: object,
  options: InstantiateOptions = {},
): Promise<Exports> {
  const component = await componentOf(source, options);
  return instantiate<Exports>(await verify(contract, component), imports as Imports, options);
}

async function verify(contract: Contract, component: Component): Promise<Component> {
  let contracts = verified.get(component);
  const known = contracts?.get(contract);
  if (known !== undefined) return known;
  if (!fits(contract, component.plan)) {
    // The code that explains is several times larger than the code that runs, and is rarely needed.
    const { contractProblems } = await import('../contract/contract-problems.ts');
    const problems = contractProblems(contract, component.decoded);
    if (problems.length > 0) {
      throw new LinkError(problems, `the component does not satisfy the world ${contract.world}:`);
    }
  }
  if (contracts === undefined) {
    contracts = new WeakMap();
    verified.set(component, contracts);
  }
  const named =
    mayClash(contract.imports) || exportsMayClash(contract, component.plan)
      ? (await import('../contract/contract-names.ts')).underContract(contract, component)
      : component;
  contracts.set(contract, named);
  return named;
}

/** Names that may be another name's in JavaScript: with capitals, or a digit after a hyphen. */
const CLASHING = /-\d|[A-Z]/u;

/** Returns true if two imports may have one JavaScript name. */
function mayClash(imports: Contract['imports']): boolean {
  return Object.entries(imports).some(([key, item]) => {
    const names =
      typeof item === 'string' ? [] : [item.types, item.functions].flatMap((part) => Object.keys(part ?? {}));
    return (key.includes(':') ? names : [key, ...names]).some((name) => CLASHING.test(name));
  });
}

/**
 * Returns true if the names of exports in the contract may not be those that the component alone decides: an interface
 * has another version, two exports may have one name, or one export may have the short name of another.
 */
function exportsMayClash({ exports }: Contract, plan: Plan): boolean {
  if (Object.keys(exports).some((name) => !plan.exports.has(name))) return true;
  const isExtra = (name: string): boolean => !Object.hasOwn(exports, name);
  const shortNames = new Set<string>();
  const isTaken = (name: string): boolean =>
    shortNames.size === shortNames.add(camelCase(lastPart(name))).size;
  const names = [...plan.exports.keys()];
  return (
    (names.filter(isTaken).length > 0 && names.some(isExtra)) ||
    [...plan.exports].some(([name, item]) =>
      (item.tag === 'instance' ? [...item.exports.keys()] : [name]).some((each) => CLASHING.test(each)),
    )
  );
}
