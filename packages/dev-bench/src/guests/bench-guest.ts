/** The exports of `test-components/bench-guest`, in the JavaScript mapping that all contenders share. */
export interface BenchGuest {
  add(a: number, b: number): number;
  echoString(text: string): string;
  echoBytes(bytes: Uint8Array): Uint8Array;
  echoNumbers(numbers: Float64Array): Float64Array;
  echoPoints(points: readonly Point[]): Point[];
  echoStrings(strings: readonly string[]): string[];
  echoValues(values: readonly Value[]): Value[];
  echoPerson(person: Person): Person;
  echoSettings(settings: Settings): Settings;
  echoManySettings(settings: readonly Settings[]): Settings[];
  echoTrees(trees: readonly Tree[]): Tree[];
  /** Throws an Error whose `payload` is the `err` of the result. */
  process(input: string, meta: Metadata): string;
  callAdd(times: number): number;
  callEcho(times: number, text: string): number;
}

/** What the guest imports from `bench:guest/host`. */
export interface BenchHost {
  add(a: number, b: number): number;
  echo(text: string): string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
  readonly id: number;
}

export interface Person {
  readonly id: bigint;
  readonly name: string;
  readonly email: string;
  readonly city: string;
}

interface Metadata {
  readonly id: bigint;
  readonly tags: readonly string[];
}

export type Value =
  | { readonly tag: 'empty' }
  | { readonly tag: 'flag'; readonly val: boolean }
  | { readonly tag: 'number'; readonly val: number }
  | { readonly tag: 'text'; readonly val: string };

export interface Settings {
  readonly name?: string | undefined;
  readonly retries?: number | undefined;
  readonly timeout?: number | undefined;
  readonly verbose?: boolean | undefined;
  readonly parent?: bigint | undefined;
  readonly level: 'quiet' | 'normal' | 'loud';
  readonly access: { readonly read?: boolean; readonly write?: boolean; readonly admin?: boolean };
  readonly color: Color;
}

export type Color =
  | { readonly tag: 'none' }
  | { readonly tag: 'named'; readonly val: string }
  | { readonly tag: 'rgb'; readonly val: readonly [number, number, number] };

export interface Leaf {
  readonly id: number;
  readonly weight: number;
}

export interface Branch {
  readonly name: string;
  readonly leaves: readonly Leaf[];
}

export interface Tree {
  readonly label: string;
  readonly branches: readonly Branch[];
  readonly state:
    | { readonly tag: 'ok'; readonly val: Leaf | undefined }
    | { readonly tag: 'err'; readonly val: readonly string[] };
}

export const host: BenchHost = {
  add: (a, b) => a + b,
  echo: (text) => text,
};
