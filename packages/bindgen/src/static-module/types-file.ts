import { helperTypes } from './helper-types.ts';
import type { StaticModuleForm } from './static-world-file.ts';

/** What a program without the libraries of TypeScript for platforms must declare. The libraries add members to it. */
const PLATFORM: readonly (readonly [use: RegExp, text: string])[] = [
  [/\bAbortSignal\b/u, '  interface AbortSignal {\n    readonly aborted: boolean;\n  }\n'],
  [/\bReadableStream</u, '  interface ReadableStream<R> {}\n'],
];

/** The types of static modules themselves, formatted as they are when they are exported. */
const OWN_TYPES = `/** A compiled core module: \`WebAssembly.Module\`, if the program has the types of the platform. */
type CoreModule = typeof globalThis extends {
  WebAssembly: { Module: { readonly prototype: infer Module } };
}
  ? Module
  : object;

interface InstantiateOptions {
  /** Names the instance in errors. */
  readonly name?: string | undefined;
  /** The core modules that \`compile\` returned, here or in another thread. */
  readonly modules?: readonly CoreModule[] | undefined;
  /** Receives errors that no call and no promise reports, of tasks that have returned; \`console.warn\` by default. */
  readonly onError?: ((error: Error) => void) | undefined;
  /** What happens when calls wait for nothing that can still happen: a trap, which is the default, or nothing. */
  readonly deadlock?: "trap" | "wait" | undefined;
}`;

/** The types of a module that links components when it runs. */
const COMPONENT_TYPES = `declare const component: unique symbol;

/** A compiled component: one that an instance exports, or that \`compileComponent\` returned. */
interface Component {
  /** Exists only in types: components of other modules do not fit. */
  readonly [component]: true;
  /** Returns a component that \`compileComponent\` returned in a form that can be posted to other threads. */
  toTransferable(): {
    readonly bytes: Uint8Array;
    readonly modules: readonly CoreModule[];
  };
}

/** The bytes of a component, with its compiled core modules where none can be compiled. */
type ComponentSource =
  ReadableComponent | PromiseLike<ReadableComponent>;

type ReadableComponent =
  | ComponentBytes
  | {
      readonly bytes: ComponentBytes | PromiseLike<ComponentBytes>;
      readonly modules?: readonly CoreModule[] | undefined;
    };

/** Bytes, a \`Response\`, a \`Blob\` or a \`File\`. */
type ComponentBytes =
  | ArrayBufferView
  | ArrayBufferLike
  | { arrayBuffer(): PromiseLike<ArrayBuffer> };

interface ComponentOptions extends Omit<InstantiateOptions, "modules"> {
  /** The functions that wait although they are synchronous in WIT: all, or the names of imports. */
  readonly suspend?:
    | true
    | readonly string[]
    | {
        readonly imports: true | readonly string[];
        readonly exports?: true | readonly string[] | undefined;
      };
}`;

/** Adds the options of instances that a module has only if it was transpiled for them. */
function ownTypes({
  hasLimits = false,
  hasFuel = false,
  hasTrace = false,
  linksComponents = false,
}: StaticModuleForm): string {
  const options = [
    hasLimits
      ? `  /** Other amounts than those that the module was written with. */\n  readonly limits?: Limits;\n`
      : '',
    hasTrace
      ? `  /** Receives an event for every call that crosses a boundary. */\n  readonly trace?: (event: TraceEvent) => void;\n`
      : '',
  ];
  const types = [
    OWN_TYPES.replace(/\}$/u, () => `${options.join('')}}`),
    ...(hasLimits ? [limitsType(hasFuel)] : []),
    ...(hasFuel ? [FUEL] : []),
    ...(hasTrace ? [TRACE_EVENT] : []),
    ...(linksComponents ? [COMPONENT_TYPES] : []),
  ];
  return types.join('\n\n');
}

function limitsType(hasFuel: boolean): string {
  const fuel = hasFuel ? '  readonly fuel?: number | Fuel;\n' : '';
  return `/** The most that an instance may use. */
interface Limits {
  readonly memoryBytes?: number;
  readonly tableEntries?: number;
  readonly handles?: number;
  readonly instances?: number;
  readonly memories?: number;
  readonly tables?: number;
  readonly allowGc?: boolean;
${fuel}}`;
}

/** The class `Fuel` of the module has this type. The world may have a type with the same name. */
const FUEL = `/** An object of the class that the module exports as \`Fuel\`. */
interface Fuel {
  readonly limit: number;
  readonly used: number;
  add(amount: number): void;
  refill(): void;
}`;

const TRACE_EVENT = `/** A call that crosses a boundary, its end, or something that happened to a task. */
interface TraceEvent {
  readonly tag: "call" | "return" | "throw" | "task";
  readonly boundary?: "export" | "import" | "inside" | undefined;
  readonly name: string;
  /** The path of the component instance that is called; for an import, of the instance that calls. */
  readonly instance: string;
  readonly call: number | undefined;
  readonly depth: number;
  readonly args?: readonly unknown[];
  readonly value?: unknown;
  readonly error?: unknown;
  readonly task?: number;
  readonly happened?: string;
}`;

/** Returns the text of the file with the types that the other declarations of a static module import. */
export function typesFile(used: ReadonlySet<string>, form: StaticModuleForm): string {
  const needed = new Set(used);
  // Iterating over a Set also visits the elements that are added meanwhile.
  for (const name of needed) {
    const text = helperTypes.get(name) ?? '';
    for (const other of helperTypes.keys())
      if (new RegExp(`\\b${other}\\b`, 'u').test(codeOf(text))) needed.add(other);
  }
  const texts = [...helperTypes].flatMap(([name, text]) => (needed.has(name) ? [text] : []));
  const code = codeOf(texts.join('\n'));
  const platform = PLATFORM.flatMap(([use, text]) => (use.test(code) ? [text] : []));
  const globals = platform.length === 0 ? [] : [`declare global {\n${platform.join('')}}`];
  return `${[exported(ownTypes(form)), ...globals, ...texts.map(exported)].join('\n\n')}\n`;
}

function exported(declarations: string): string {
  return declarations.replaceAll(/^(?=(?:type|interface) )/gmu, 'export ');
}

function codeOf(text: string): string {
  return text.replaceAll(/\/\*[\s\S]*?\*\//gu, '');
}
