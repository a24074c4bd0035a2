import { nearest, refuseUnknownOptions } from '@wit-ts/diagnostics';
import type { MappingChoices } from '@wit-ts/mapping';
import type { Limits, Suspend } from '@wit-ts/runtime';
import type { ReadSourceMap } from './core-files.ts';
import { TARGETS, type Target } from './targets.ts';

/** The options of `transpile`. */
export interface TranspileOptions {
  /**
   * The name of the files: `app` for `app.js` and `app.core.wasm`. Letters, digits, `_`, `-` and `.`; `component` by
   * default.
   */
  readonly name?: string;
  /** Where the module runs; `node` by default. */
  readonly target?: Target;
  /** Core modules of fewer bytes become a part of the text; 0 by default. */
  readonly inlineBelow?: number;
  readonly minify?: boolean;
  /** The functions that wait although they are synchronous in WIT, as the option of `instantiate` lists them. */
  readonly suspend?: Suspend;
  /**
   * The modules from which the static module imports what the component imports: `{ 'example:service/processor':
   * './processor.js' }`. A name without a version stands for all versions. `*` stands for any part of a name, also in
   * the specifier, which can end in the name of an export: `{ 'wasi:*\/*': '@bytecodealliance/preview2-shim/*#*' }`.
   */
  readonly map?: Readonly<Record<string, string>>;
  /**
   * The components that are given for imports, by the names of the imports: `{ 'some-part': bytes }`, or
   * `{ 'example:parts/kit#other-part': bytes }` for one in an imported instance. They become a part of the module.
   */
  readonly components?: Readonly<Record<string, Uint8Array>>;
  /**
   * Whether the module makes an instance when it is loaded, and exports what the component exports. By default it does
   * if `map` covers all imports of the component, or if there are none.
   */
  readonly eager?: boolean;
  /**
   * How WIT looks in JavaScript, where there is a choice: the option `mapping` of `instantiate`. The declarations are
   * for these choices, too.
   */
  readonly mapping?: MappingChoices | undefined;
  /**
   * The most that each instance may use, and its fuel (`Limits` of the runtime). Core modules are rewritten to ask
   * before they grow and to count their work. The option `limits` of `instantiate` gives one instance other amounts,
   * but for `valueBytes` and `liftedBytes`, which are a part of the code.
   */
  readonly limits?: Limits;
  /** Whether instances can have the option `trace`. Calls between components inside are slower then, traced or not. */
  readonly trace?: boolean;
  /**
   * Reads the source map of a core module whose section `sourceMappingURL` has a relative address, which is relative to
   * the file that the component was made of. The map becomes a file beside the core module. Without this option, and if
   * it returns nothing, the address stays as it is. Core modules that are rewritten for limits have no source maps.
   */
  readonly sourceMap?: ReadSourceMap;
  /** Whether TypeScript declarations are written, too; `true` by default. */
  readonly types?: boolean;
}

const OPTIONS: Readonly<Record<keyof TranspileOptions, true>> = {
  name: true,
  target: true,
  inlineBelow: true,
  minify: true,
  suspend: true,
  map: true,
  components: true,
  eager: true,
  mapping: true,
  limits: true,
  trace: true,
  sourceMap: true,
  types: true,
};

/** @throws TypeError for an option that does not exist */
export function refuseUnknownTranspileOptions(options: TranspileOptions): void {
  refuseUnknownOptions(options, Object.keys(OPTIONS));
}

/** @throws TypeError when an option has a wrong value */
export function checkTranspileOptions({
  name,
  target,
}: {
  readonly name: string;
  readonly target: string;
}): void {
  if (!isModuleName(name))
    throw new TypeError(
      `\`name\`: ${JSON.stringify(name)} is not a name for files: use letters, digits, \`_\`, \`-\` and \`.\`, and no device of Windows such as \`con\``,
    );
  if (!(TARGETS as readonly string[]).includes(target)) {
    const meant = nearest(target, TARGETS);
    const hint = meant === undefined ? `choose from ${TARGETS.join(', ')}` : `did you mean \`${meant}\`?`;
    throw new TypeError(`\`target\`: there is no target ${JSON.stringify(target)}; ${hint}`);
  }
}

/** Returns true if a text can be the name of files on every system, and in the address of a module. */
export function isModuleName(text: string): boolean {
  return (
    text.length <= 100 &&
    /^[\p{L}\p{N}_](?:[\p{L}\p{N}_.-]*[\p{L}\p{N}_-])?$/u.test(text) &&
    !WINDOWS_DEVICE.test(text)
  );
}

/** Names that are devices for Windows, with and without an extension. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|(?:com|lpt)[\d¹²³])(?:\.|$)/iu;
