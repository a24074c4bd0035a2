import { type MappingChoices, worldSurface } from '@wit-ts/mapping';
import type { World } from '@wit-ts/model';
import type { FileBuilder } from '../file-builder.ts';
import type { ModuleLayout } from '../module-layout.ts';
import { isDeclarable } from '../names.ts';
import {
  propertyLayout,
  signatureLayout,
  specifierList,
  typeParameterLayout,
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
import type { StaticValues } from './static-values.ts';

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
  /** The components and core modules that are imported and exported. */
  readonly values?: { readonly imports: StaticValues; readonly exports: StaticValues };
  /** Whether components are linked when the module runs. */
  readonly linksComponents?: boolean;
}

/** The names that a static module exports itself. `Fuel` always is one, so that fuel changes no other export. */
const STATIC_MODULE_NAMES: readonly string[] = [
  'compile',
  'instantiate',
  'instantiateSync',
  'ComponentError',
  'LinkError',
  'Trap',
  'Fuel',
];

/** The names that a static module exports itself if it links components when it runs. */
export const LINKED_MODULE_NAMES: readonly string[] = [
  ...STATIC_MODULE_NAMES,
  'compileComponent',
  'instantiateComponent',
  'instantiateComponentSync',
];

/** Returns the names that a static module exports itself. */
export function moduleNames({ linksComponents = false }: StaticModuleForm): readonly string[] {
  return linksComponents ? LINKED_MODULE_NAMES : STATIC_MODULE_NAMES;
}

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

/** Returns the keys of a component's exports that declarations show. */
export function shownExports(
  world: World,
  { values }: StaticModuleForm,
  choices: MappingChoices,
): readonly string[] {
  const { exports } = worldSurface(world, 'host', choices);
  const ofWorld = exports.flatMap((member) => {
    if (member.tag === 'function') return [member.keys[0]];
    if (member.tag !== 'object' || member.members.length === 0) return [];
    return member.keys.filter((key, index) => isShownExport(key, index, 'host'));
  });
  return [...new Set([...ofWorld, ...(values?.exports.keys() ?? [])])];
}

/** Prints what a static module has beside the types of its imports and exports. */
export function printStaticModule(
  file: FileBuilder,
  layout: ModuleLayout,
  form: StaticModuleForm,
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
  const { isEager = false, needsModules = false, hasFuel = false, linksComponents = false } = form;
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
    ${linksComponents ? componentFunctions(layout, form) : ''}${classes(layout, hasFuel)}`);
  if (isEager) printDirectExports(file, layout, form, exports);
}

function promised(type: TypeText): TypeText {
  return generic(globalType('Promise'), type);
}

function printDirectExports(
  file: FileBuilder,
  { world: { owner }, forms }: ModuleLayout,
  form: StaticModuleForm,
  exports: string,
): void {
  const keys = directExports(shownExports(owner as World, form, forms.choices), moduleNames(form));
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

/** Declares the functions for components, and their types unless these have the names of types of the world. */
function componentFunctions({ world }: ModuleLayout, { name }: StaticModuleForm): Printable {
  const taken = new Set([...world.types.values(), ...world.titles]);
  const types = ['Component', 'ComponentSource'].filter((each) => !taken.has(each));
  const component = namedType(runtimeType('Component'));
  const exports = namedType('Exports');
  const parameters: readonly Parameter[] = [
    { name: 'component', type: component },
    { name: 'imports?', type: keyword('object') },
    { name: 'options?', type: namedType(runtimeType('ComponentOptions')) },
  ];
  const source: Parameter = { name: 'source', type: namedType(runtimeType('ComponentSource')) };
  const typeParameter = typeParameterLayout('Exports', keyword('object'));
  const reexport = code`export type ${specifierList(types)} from ${stringLiteral(`./${name}.types.js`)};\n\n`;
  return code`${hardline}${types.length === 0 ? '' : reexport}/**
     * Compiles a component, to give it for an import or to make instances of it.
     *
     * @throws {Error} when the source is not a component, with the offset of the fault
     */
    export function compileComponent${signatureLayout([source], promised(component))};

    /**
     * Makes an instance of a component: one that an instance exports, or that \`compileComponent\` returned. The
     * type of its exports is not known.
     *
     * @throws {LinkError} as \`instantiate\`
     */
    export function instantiateComponent${typeParameter}${signatureLayout(parameters, promised(exports))};

    /**
     * Makes an instance of a component without a promise.
     *
     * @throws {LinkError} as \`instantiate\`
     */
    export function instantiateComponentSync${typeParameter}${signatureLayout(parameters, exports)};
    `;
}

/** Declares the classes of the module, except those whose names are types of the world. */
function classes({ world }: ModuleLayout, hasFuel: boolean): Printable {
  const taken = new Set([...world.types.values(), ...world.titles]);
  return Object.entries({ ...ERROR_CLASSES, ...(hasFuel && { Fuel: FUEL_CLASS }) }).flatMap(([name, text]) =>
    taken.has(name) ? [] : [hardline, text],
  );
}

const FUEL_CLASS = code`/** How much work the instances that get it may still do, in operators of core WebAssembly. */
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
