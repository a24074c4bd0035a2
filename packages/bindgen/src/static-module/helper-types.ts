/** Generated from the types of `@wit-ts/runtime`: those that declarations of static modules may need, by name. */
export const helperTypes: ReadonlyMap<string, string> = new Map([
  [
    'Result',
    `/**
 * A \`result\` that is a value, and not what a function returns or throws: \`{ tag: 'ok', val }\` or \`{ tag: 'err', val
 * }\`. A side without a payload is \`void\`: the runtime gives its objects \`val: undefined\`, and hosts may leave it out.
 */
type Result<T, E> = ResultSide<"ok", T> | ResultSide<"err", E>;`,
  ],
  [
    'ResultSide',
    `type ResultSide<Tag, T> = [T] extends [void]
  ? { tag: Tag; val?: void }
  : { tag: Tag; val: T };`,
  ],
  [
    'Option',
    `/** An \`option\` whose inner type is an option too, so that \`none\` and \`some(none)\` differ. */
type Option<T> = { tag: "none" } | { tag: "some"; val: T };`,
  ],
  ['kind', `declare const kind: unique symbol;`],
  [
    'OfComponent',
    `/** An object of a component. No host can make one, so that it is not taken for an object of another kind. */
interface OfComponent<Kind extends string> {
  readonly [kind]: { readonly ofComponent: true } & {
    readonly [K in Kind]: true;
  };
}`,
  ],
  [
    'NotOfComponent',
    `/** An object of the host, which cannot be an object of a component of this kind. */
interface NotOfComponent<Kind extends string> {
  readonly [kind]?: { readonly ofComponent: true } & {
    readonly [K in Kind]?: never;
  };
}`,
  ],
  [
    'FromHost',
    `/**
 * What a host may give for a value of a type: arrays that cannot be changed, any array of numbers for a typed array, a
 * source for a stream, and any \`Error\` for an error context.
 */
type FromHost<T> =
  T extends Stream<infer Element, infer _Chunk>
    ? StreamSource<FromHost<Element>>
    : T extends Future<infer Value, infer E>
      ? unknown extends E
        ? PromiseLike<FromHost<Value>>
        : FutureSource<FromHost<Value>, FromHost<E>>
      : typeof errorContext extends keyof T
        ? Error
        : T extends NotCopied
          ? T
          : T extends {
                readonly BYTES_PER_ELEMENT: number;
                readonly [index: number]: infer N;
              }
            ? T | readonly N[]
            : T extends Map<infer K, infer V>
              ? Map<FromHost<K>, FromHost<V>>
              : typeof Symbol.dispose extends keyof T
                ? T
                : { readonly [K in keyof T]: FromHost<T[K]> };`,
  ],
  ['NotCopied', `type NotCopied = string | number | bigint | boolean | undefined | void;`],
  [
    'WorldImports',
    `/**
 * The imports of a world under the names that the runtime accepts: interfaces with or without their versions, in one
 * style for all of them, or with versions for all but those of WASI; functions and classes of the world itself under
 * their names in JavaScript or in WIT, as they are or as the \`default\` of an object.
 *
 * @typeParam Exact the imports under their full names and their names in JavaScript
 * @typeParam Labels the names in WIT of keys that differ from them
 */
type WorldImports<Exact, Labels = undefined> =
  | WithDefaults<Exact>
  | WithoutVersions<Exact, WithDefaults<Exact>>
  | (Labels extends undefined
      ? never
      : | InStyle<Exact, Labelled<Exact, Labels>>
        | WithoutVersions<Exact, Labelled<Exact, Labels>>);`,
  ],
  [
    'WithoutVersions',
    `/** Interfaces without versions: all, or those of WASI. */
type WithoutVersions<Exact, T> =
  | InStyle<Exact, Unversioned<T, string>>
  | InStyle<Exact, Unversioned<T, \`wasi:\${string}\`>>;`,
  ],
  [
    'InStyle',
    `/** What is required under other names, while the exact names can still be used to name a part of the imports. */
type InStyle<Exact, T> = T & Partial<WithDefaults<Exact>>;`,
  ],
  [
    'Unversioned',
    `type Unversioned<T, Pattern extends string> = {
  [
    K in keyof T as K extends Pattern
      ? K extends \`\${infer Name}@\${string}\`
        ? Name
        : K
      : K
  ]: T[K];
};`,
  ],
  [
    'Labelled',
    `type Labelled<Exact, Labels> = {
  [
    K in keyof WithDefaults<Exact> as K extends keyof Labels
      ? Labels[K] extends string
        ? Labels[K]
        : K
      : K
  ]: WithDefaults<Exact>[K];
};`,
  ],
  [
    'CompatibleImports',
    `/**
 * Imports that have interfaces under compatible versions instead of those that the world names: \`a:b/c@0.2.6\` for
 * \`a:b/c@0.2.3\`, and \`a:b/c@1.9.0\` for \`a:b/c@1.0.0\`. All other interfaces have their names in the world. The type is
 * \`never\` for imports that use no other version, so that their faults are reported as if it did not exist.
 *
 * @typeParam Given the imports that are given, which are inferred
 * @typeParam Wanted the imports of the world
 */
type CompatibleImports<Given, Wanted> = Given &
  (IsPattern<keyof Given, keyof CompatibleKeys<Wanted>> extends true
    ? unknown
    : UnderGiven<Given, Wanted>);`,
  ],
  [
    'CompatibleKeys',
    `/** The interfaces of imports under all compatible versions: the compiler infers parameters of functions from it. */
type CompatibleKeys<Wanted> = {
  [K in keyof Wanted as Compatible<K>]?: Wanted[K];
};`,
  ],
  [
    'IsPattern',
    `/**
 * Whether the keys are all compatible ones. Then the compiler asks what the imports may be before it has read those
 * that are given.
 */
type IsPattern<Keys, Pattern> = [Pattern] extends [Keys] ? true : false;`,
  ],
  [
    'UnderGiven',
    `type UnderGiven<Given, Wanted> = Wanted extends unknown
  ? [{ [K in keyof Wanted]-?: Other<keyof Given, K> }[keyof Wanted]] extends [
      never,
    ]
    ? never
    : {
        [
          K in keyof Wanted as [Other<keyof Given, K>] extends [never]
            ? K
            : Other<keyof Given, K>
        ]: Wanted[K];
      }
  : never;`,
  ],
  [
    'Other',
    `/** The names that are given for the interface \`K\` when its own name is not. */
type Other<Names, K> = K extends Names
  ? never
  : Extract<Names, Compatible<K>>;`,
  ],
  [
    'Compatible',
    `/** All names with a version that is compatible with that of a name. */
type Compatible<Name> = Name extends \`\${infer Path}@\${infer Version}\`
  ? Version extends \`0.0.\${string}\`
    ? never
    : Version extends \`0.\${infer Minor}.\${bigint}\`
      ? \`\${Path}@0.\${Minor}.\${bigint}\`
      : Version extends \`\${infer Major}.\${bigint}.\${bigint}\`
        ? \`\${Path}@\${Major}.\${bigint}.\${bigint}\`
        : never
  : never;`,
  ],
  [
    'WithDefaults',
    `/** Keys of interfaces have a colon; all others are functions, classes and inline interfaces of the world itself. */
type WithDefaults<T> = {
  [K in keyof T]: K extends \`\${string}:\${string}\` ? T[K] : OrDefault<T[K]>;
};`,
  ],
  [
    'OrDefault',
    `type OrDefault<T> = T extends
  | ((...args: never) => unknown)
  | (abstract new (...args: never) => unknown)
  | { readonly prototype: unknown }
  ? T | { readonly default: T }
  : T;`,
  ],
  [
    'CallOptions',
    `/** The last argument of an asynchronous export: \`exports.run(input, { signal })\`. */
interface CallOptions {
  /**
   * Cancels the call: the component is asked to stop (\`Concurrency.md\`, "Cancellation"). The promise rejects with the
   * signal's reason when the component has stopped. A component may also finish its work and return a result, and one
   * that waits for something else first is asked when it can hear of it.
   */
  readonly signal?: AbortSignal | undefined;
}`,
  ],
  [
    'Stream',
    `/**
 * A \`stream<T>\` that a host receives. The host owns the readable end: reading to the end, \`return\`, \`cancel\` and
 * disposal drop it, and so does a loop \`for await\` that stops early. Nothing is read before the host asks.
 *
 * @typeParam T an element; a stream without an element type has \`void\`
 * @typeParam Chunk what iteration gives: a typed array of the elements that are there for a stream of numbers, and one
 *   element for all other streams
 */
interface Stream<T, Chunk = T>
  extends AsyncIterable<Chunk>, AsyncDisposable, Disposable {
  /** Returns the stream itself: it can be read once. */
  [Symbol.asyncIterator](): Stream<T, Chunk>;
  /** Waits for one element; for a stream of numbers, for a chunk of the elements that are there. */
  next(): Promise<IteratorResult<Chunk, undefined>>;
  /** Drops the readable end: the writer learns that nobody reads. */
  return(): Promise<IteratorResult<Chunk, undefined>>;
  /**
   * Waits for up to \`count\` elements, by default for one. Fewer elements than asked for are normal. Reads are answered
   * in their order.
   *
   * A stream of numbers gives a typed array, also for one element. Other streams give one element if \`count\` is 1, and
   * an array otherwise.
   *
   * @throws TypeError when \`count\` is not a positive integer; 0 is allowed together with \`rejectLength\`; or when \`into\`
   *   is no typed array of the elements with room for them
   */
  read<Count extends number = 1>(
    count?:
      | Count
      | StreamReadOptions<
          Count,
          [T] extends [number | bigint] ? Chunk : undefined
        >,
  ): Promise<StreamRead<StreamValue<T, Chunk, Count>>>;
  /** Cancels the read that is under way and drops the readable end. The component does not see the reason. */
  cancel(reason?: unknown): Promise<void>;
  /** Hands the stream over as a \`ReadableStream\` of its chunks: a byte stream for a \`stream<u8>\`. */
  toReadableStream(): ReadableStream<Chunk>;
}`,
  ],
  [
    'StreamReadOptions',
    `/** How much \`Stream.read\` reads. */
interface StreamReadOptions<
  Count extends number = number,
  Into = unknown,
> {
  /** The largest number of elements. */
  readonly count: Count;
  /** If the writer offers more elements than this, none is read, and the stream ends with a \`rejectedLength\`. */
  readonly rejectLength?: number | undefined;
  /**
   * A typed array with room for \`count\` numbers, to which they are written: the value is the part of it that was
   * written. So a host that reads much need not let the platform make an array for each read.
   */
  readonly into?: Into | undefined;
}`,
  ],
  [
    'StreamRead',
    `/** What \`Stream.read\` resolves with: a value, or the end of the stream, after which nothing else follows. */
type StreamRead<Value> =
  | { readonly value: Value; readonly done: false }
  | {
      readonly value: undefined;
      readonly done: true;
      /** How many elements the writer offered, when they were more than \`rejectLength\`. */
      readonly rejectedLength?: number;
    };`,
  ],
  [
    'StreamValue',
    `/** The value of a read of \`Count\` elements. */
type StreamValue<T, Chunk, Count extends number> = [T] extends [
  number | bigint,
]
  ? Chunk
  : Count extends 1
    ? T
    : number extends Count
      ? T | T[]
      : T[];`,
  ],
  [
    'StreamSource',
    `/**
 * What a host may give for a \`stream<T>\`: an iterable, an async iterable (a \`Stream\` is one), a \`ReadableStream\`, or an
 * object that is read as jco's streams are. Elements of a stream of numbers may come one by one, or in chunks: typed
 * arrays and arrays of numbers. Nothing is taken before the component reads.
 */
type StreamSource<T> =
  | Iterable<StreamItem<T>>
  | AsyncIterable<StreamItem<T>>
  | ReadableSource<StreamItem<T>>
  | ReaderSource<StreamItem<T>>;`,
  ],
  [
    'StreamItem',
    `/** What a source of a stream gives at a time. */
type StreamItem<T> =
  T | ([T] extends [number | bigint] ? ArrayLike<T> : never);`,
  ],
  [
    'ReadableSource',
    `/** The part of a \`ReadableStream\` that is read: not every platform declares that type. */
interface ReadableSource<Item> {
  getReader(): {
    read(): PromiseLike<{
      readonly done: boolean;
      readonly value?: Item | undefined;
    }>;
  };
}`,
  ],
  [
    'ReaderSource',
    `/** The part of jco's streams that is read. Only numbers are asked for in larger counts than 1. */
interface ReaderSource<Item> {
  read(count: number): PromiseLike<{
    readonly done?: boolean | undefined;
    readonly value?: Item | undefined;
  }>;
}`,
  ],
  ['rejection', `declare const rejection: unique symbol;`],
  [
    'Future',
    `/**
 * A \`future<result<T, E>>\` that a host receives: a promise of the \`ok\`, which rejects with a \`ComponentError<E>\` for
 * the \`err\`. A future of any other type is a plain promise. One that nobody awaits is not an unhandled rejection.
 */
interface Future<T, E> extends Promise<T> {
  /** Exists only in types, so that the type of the error is not lost. */
  readonly [rejection]?: E;
}`,
  ],
  [
    'FutureSource',
    `/**
 * What a host may give for a \`future<result<T, E>>\`: a promise that resolves with the \`ok\` and rejects as a function
 * throws, or a promise of the result as a value, \`{ tag: 'ok', val }\` or \`{ tag: 'err', val }\`, as hosts for jco give.
 */
type FutureSource<T, E> = PromiseLike<T | Result<T, E>>;`,
  ],
  [
    'ErrorContext',
    `/** An \`error-context\` that a host receives. A host may give any \`Error\`, whose \`message\` is the debug message. */
interface ErrorContext extends Error {
  /** What the component that made it wrote for debugging; empty if the component wrote nothing. */
  readonly debugMessage: string;
  /** Exists only in types, so that no record with these properties is taken for an error context. */
  readonly [errorContext]?: never;
}`,
  ],
  [
    'errorContext',
    `/** The key of a property that only the type \`ErrorContext\` has. */
declare const errorContext: unique symbol;`,
  ],
]);
