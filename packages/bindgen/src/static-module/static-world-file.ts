import { type MappingChoices, worldSurface } from '@wit-ts/mapping';
import type { World } from '@wit-ts/model';
import type { FileBuilder } from '../file-builder.ts';
import type { ModuleLayout } from '../module-layout.ts';
import { isDeclarable } from '../names.ts';
import {
  propertyLayout,
  signatureLayout,
  specifierList,
  type Parameter,
} from '../layout/declaration-layout.ts';
import { hardline } from '../layout/layout-node.ts';
import {
  arrayType,
  generic,
  intersectionType,
  keyword,
  objectType,
  readonlyType,
  namedType,
  unionType,
  type TypeText,
} from '../layout/type-layout.ts';
import { code, globalType, stringLiteral, type Printable } from '../printable.ts';
import { runtimeType } from '../runtime-module.ts';
import { isShownExport } from '../world-members.ts';

/** What the declarations of a static module have to know about it. */
export interface StaticModuleForm {
  /** The name of the module's file, without extension. */
  readonly name: string;
  /** The imports that the module imports itself, by their full names. */
  readonly mapped?: ReadonlySet<string>;
  /** Whether the module exports what the component exports. */
  readonly isEager?: boolean;
  /** Whether instances without a promise need compiled modules. */
  readonly needsModules?: boolean;
  /** Whether instances have limits, and fuel among them. */
  readonly hasLimits?: boolean;
  readonly hasFuel?: boolean;
  /** Whether instances can be traced. */
  readonly hasTrace?: boolean;
}

/** The names that a static module exports itself. */
export const STATIC_MODULE_NAMES: readonly string[] = [
  'compile',
  'instantiate',
  'instantiateSync',
  'ComponentError',
  'LinkError',
  'Trap',
];

/** The names that the static module of a component exports that imports or exports components. */
export const LINKED_MODULE_NAMES: readonly string[] = [
  ...STATIC_MODULE_NAMES,
  'Component',
  'compileComponent',
  'instantiateComponent',
  'instantiateComponentSync',
];

/**
 * Returns the names under which a static module can export what its component exports: names that the module has
 * itself are only in the default export.
 */
export function directExports(
  keys: Iterable<string>,
  ownNames: readonly string[] = STATIC_MODULE_NAMES,
): readonly string[] {
  return [...new Set(keys)].filter((key) => key !== 'default' && !ownNames.includes(key));
}

/** Returns true if a declaration can have the name. */
function isVariableName(key: string): boolean {
  return /^[A-Za-z_$][\w$]*$/u.test(key) && isDeclarable(key) && key !== 'undefined';
}

/** Returns the keys of a world's exports that declarations show. */
export function shownExports(world: World, choices: MappingChoices): readonly string[] {
  const { exports } = worldSurface(world, 'host', choices);
  return exports.flatMap((member) => {
    if (member.tag === 'function') return [member.keys[0]];
    if (member.tag !== 'object' || member.members.length === 0) return [];
    return member.keys.filter((key, index) => isShownExport(key, index, 'host'));
  });
}

/** Prints what a static module has beside the types of its imports and exports. */
export function printStaticModule(
  file: FileBuilder,
  layout: ModuleLayout,
  { isEager = false, needsModules = false, hasFuel = false }: StaticModuleForm,
  {
    typeParameters,
    imports,
    isRequired,
    exports,
  }: {
    readonly typeParameters: Printable;
    /** The type of the imports. */
    readonly imports: TypeText;
    readonly isRequired: boolean;
    readonly exports: string;
  },
): void {
  const options = namedType(runtimeType('InstantiateOptions'));
  const core = readonlyType(arrayType(namedType(runtimeType('CoreModule'))));
  const parameters: readonly Parameter[] = [
    { name: isRequired ? 'imports' : 'imports?', type: imports },
    { name: 'options?', type: options },
  ];
  const withModules: readonly Parameter[] = [
    { name: 'imports', type: isRequired ? imports : unionType(imports, keyword('undefined')) },
    {
      name: 'options',
      type: intersectionType(options, objectType(code`readonly ${propertyLayout('modules', core)}`)),
    },
  ];
  const made = namedType(exports);
  const syncSignature = signatureLayout(needsModules ? withModules : parameters, made);
  file.print(code`/** Compiles the core modules, once. The result can be posted to other threads. */
    export function compile${signatureLayout([], promised(core))};

    /**
     * Makes an instance of the component.
     *
     * @throws {LinkError} when an import is missing or has the wrong type; it lists every one
     */
    export function instantiate${typeParameters}${signatureLayout(parameters, promised(made))};

    /**
     * Makes an instance of the component without a promise.
     *
     * @throws {LinkError} as \`instantiate\`
     */
    export function instantiateSync${typeParameters}${syncSignature};
    ${errorClasses(layout)}${hasFuel ? FUEL_CLASS : ''}`);
  if (isEager) printDirectExports(file, layout, exports);
}

function promised(type: TypeText): TypeText {
  return generic(globalType('Promise'), type);
}

function printDirectExports(
  file: FileBuilder,
  { world: { owner }, forms }: ModuleLayout,
  exports: string,
): void {
  const keys = directExports(shownExports(owner as World, forms.choices));
  const others: string[] = [];
  for (const key of keys) {
    const type = `${exports}[${stringLiteral(key)}]`;
    if (isVariableName(key)) file.print(`export const ${key}: ${type};`);
    else {
      file.print(`declare const export${others.length}: ${type};`);
      others.push(`export${others.length} as ${/^[A-Za-z_$][\w$]*$/u.test(key) ? key : stringLiteral(key)}`);
    }
  }
  if (others.length > 0) file.print(code`export ${specifierList(others)};`);
  file.print(code`declare const exported: ${exports};\nexport default exported;`);
}

/** Declares the classes of errors, except those whose names are types of the world. */
function errorClasses({ world }: ModuleLayout): Printable {
  const taken = new Set([...world.types.values(), ...world.titles]);
  return Object.entries(ERROR_CLASSES).flatMap(([name, text]) => (taken.has(name) ? [] : [hardline, text]));
}

const FUEL_CLASS = code`
    /** How much work the instances that get it may still do, in operators of core WebAssembly. */
    export class Fuel {
      /** @throws {TypeError} when the limit is not a safe, non-negative integer */
      constructor(limit: number);
      readonly limit: number;
      readonly used: number;
      add(amount: number): void;
      refill(): void;
    }
    `;

const ERROR_CLASSES: Readonly<Record<string, Printable>> = {
  ComponentError: code`/** The \`err\` of a \`result\`: a component throws it, and so does the host to return an \`err\`. */
    export class ComponentError<E = unknown> extends globalThis.Error {
      readonly payload: E;
      constructor(payload: E, message?: string);
    }
    `,
  LinkError: code`/** The imports do not fit the component. Nothing of it has run. */
    export class LinkError extends globalThis.Error {
      readonly problems: readonly {
        readonly path: readonly string[];
        readonly expected: string;
        readonly given: string;
        readonly help?: string;
      }[];
    }
    `,
  Trap: code`/** A WebAssembly trap. The instances that were running are unusable afterwards. */
    export class Trap extends globalThis.Error {
      readonly code?: "out-of-fuel" | "over-limit";
    }
    `,
};
