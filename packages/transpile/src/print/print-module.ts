import { directExports } from '@wit-ts/bindgen';
import { dataText, literal, objectKey } from '@wit-ts/abi/compile';
import type { MappingChoices } from '@wit-ts/mapping';
import type { Plan } from '@wit-ts/plan';
import type { Wiring } from '@wit-ts/runtime/static-module';
import type { LimitedModules } from '../limited-modules.ts';
import type { MappedImport } from '../map-imports.ts';
import type { ImportedModuleType } from '../support/given-module.ts';
import { importsText } from './import-text.ts';
import { InstancePrinter } from './instance-printer.ts';
import { PrintedFunctions } from './printed-functions.ts';
import { TasksPrinter } from './tasks-printer.ts';

/** The name under which printed modules import what they share with others, before they are bundled. */
export const SUPPORT = '@wit-ts/transpile/support';

/** How a module gets its core modules. */
export interface ModuleLoading {
  /**
   * Statements at the top of the module, imports first. They declare `sources`, one for each core module, and
   * `load(source)`, which may return a promise of the module.
   */
  readonly text: string;
  /** Names of the support that the text uses. */
  readonly support: readonly string[];
  /** An expression of all core modules for an instantiation without promises; absent where that is impossible. */
  readonly sync?: string;
  /** Whether the platform instantiates large core modules only with a promise. */
  readonly isPage?: boolean;
  /** An expression of compiled modules with which stacks are suspended, by their keys. */
  readonly stacks?: string;
}

/** What a module is printed from. */
interface ModuleParts {
  readonly plan: Plan;
  readonly wiring: Wiring;
  readonly hasTasks: boolean;
  /** Whether a stack may be suspended. */
  readonly suspends: boolean;
  /** Absent when no instance has limits. */
  readonly limited?: Omit<LimitedModules, 'modules'>;
  /** Whether instances can be traced. */
  readonly trace?: boolean;
  /** The types of imported core modules, by the index of the import. */
  readonly importedModuleTypes?: ReadonlyMap<number, ImportedModuleType>;
  readonly loading: ModuleLoading;
  readonly mapped: readonly MappedImport[];
  /** Whether the module makes an instance, and exports what the component exports. */
  readonly isEager: boolean;
  readonly mapping?: MappingChoices | undefined;
}

/** Prints a component as a module that imports its support. */
export function printModule(parts: ModuleParts): string {
  const {
    plan,
    wiring,
    hasTasks,
    suspends,
    limited = {},
    trace = false,
    loading,
    mapped,
    isEager,
    mapping,
  } = parts;
  // What only some components need is executed, and not printed.
  const isExecuted = hasTasks || limited.limits !== undefined || trace;
  const types = parts.importedModuleTypes ?? new Map<number, ImportedModuleType>();
  const given = new Set(types.keys());
  const functions = new PrintedFunctions(!isExecuted, { mapping, limits: limited.values });
  const stacks = suspends ? (loading.stacks ?? '') : undefined;
  const steps = isExecuted
    ? new TasksPrinter({ plan, wiring, hasTasks, limited, trace, stacks, mapping, given }, functions).print()
    : new InstancePrinter(plan, wiring, functions, given).print().toString();
  functions.declareShared();
  const imported = importsText(plan, functions, types);
  for (const name of [...loading.support, 'link', 'run', ...(loading.isPage ? ['runInPage'] : [])])
    functions.use(name);
  const entry = [
    `import { ${functions.support.join(', ')} } from ${literal(SUPPORT)};`,
    loading.text,
    mappedText(mapped),
    functions.code.toString(),
    ...[...types].map(([index, type]) => `const moduleType${index} = ${dataText(type)};`),
    `const imported = ${imported};`,
    steps,
    instantiateText(loading, mapped.length > 0),
    'export { compile, instantiate, instantiateSync };',
    `export { ${functions.use('ComponentError')}, ${functions.use('LinkError')}, ${functions.use('Trap')}${limited.limits?.fuel === undefined ? '' : `, ${functions.use('Fuel')}`} } from ${literal(SUPPORT)};`,
    isEager ? eagerText(wiring.exports, loading.sync !== undefined) : '',
  ];
  return `${entry.filter((text) => text !== '').join('\n\n')}\n`;
}

/** Prints the imports of other modules. */
export function mappedText(mapped: readonly MappedImport[]): string {
  if (mapped.length === 0) return '';
  const imports = mapped.map(({ specifier, exported }, index) => {
    const names =
      exported === undefined ? `* as mapped${index}` : `{ ${exportName(exported)} as mapped${index} }`;
    return `import ${names} from ${literal(specifier)};`;
  });
  const members = mapped.map(({ name }, index) => `${objectKey(name)}: mapped${index}`);
  return `${imports.join('\n')}\n\nconst mapped = { __proto__: null, ${members.join(', ')} };`;
}

/**
 * Prints an instance that the module makes when it is loaded, and its exports.
 *
 * @param ownNames what the module exports itself
 */
export function eagerText(
  exports: readonly { readonly keys: readonly string[] }[],
  isSync: boolean,
  ownNames?: readonly string[],
): string {
  const keys = directExports(
    exports.flatMap((each) => each.keys),
    ownNames,
  );
  const values = keys.map((key, index) => `const export${index} = exported[${literal(key)}];`);
  const names = keys.map((key, index) => `export${index} as ${exportName(key)}`);
  return [
    `const exported = ${isSync ? 'instantiateSync()' : 'await instantiate()'};`,
    ...values,
    `export { ${['exported as default', ...names].join(', ')} };`,
  ].join('\n');
}

function exportName(key: string): string {
  return /^[A-Za-z_$][\w$]*$/u.test(key) ? key : literal(key);
}

/** A platform that fetches core modules cannot do so without a promise. */
export const NEEDS_MODULES = '`instantiateSync` needs the option `modules`: what `await compile()` returns';

/** Prints the imports of an instance. What the host gives has precedence over the modules that are imported. */
export function importedObject(isMapped: boolean): string {
  return isMapped ? '{ __proto__: null, ...mapped, ...imports }' : 'imports';
}

/** The function that compiles the core modules. */
export const COMPILE = `let compiled;

function compile() {
  return (compiled ??= Promise.all(sources.map(load)).catch((error) => {
    compiled = undefined;
    throw error;
  }));
}`;

function instantiateText({ sync, isPage = false }: ModuleLoading, isMapped: boolean): string {
  const run = isPage ? 'runInPage' : 'run';
  const given = importedObject(isMapped);
  return `${COMPILE}

async function instantiate(imports = {}, { modules = compile(), ...options } = {}) {
  const found = link(imported, ${given});
  return ${run}(steps(await modules, found, options));
}

function instantiateSync(imports = {}, { modules${sync === undefined ? '' : ` = ${sync}`}, ...options } = {}) {
${sync === undefined ? `  if (modules === undefined) throw new TypeError(${literal(NEEDS_MODULES)});\n` : ''}  return run(steps(modules, link(imported, ${given}), options));
}`;
}
