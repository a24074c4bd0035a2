import { contractOf, type World } from '@wit-ts/model';
import { fullNames } from './async-functions.ts';
import type { GenerateOptions } from './generate.ts';
import type { ModuleLayout } from './module-layout.ts';
import { code, globalType, type Printable } from './printable.ts';
import { runtimeType, runtimeValue, syncRuntimeValue } from './runtime-module.ts';

/** What the file of a world has for a host beside types. */
export interface HostForm {
  /** Whether it has no values: neither `instantiate` nor the contract. */
  readonly typesOnly: boolean;
  readonly hasContract: boolean;
  /** Whether it has `instantiateSync`. */
  readonly hasSync: boolean;
}

/** @throws TypeError if the options exclude each other */
export function hostForm({
  typesOnly = false,
  contract = true,
  instantiateSync = false,
}: GenerateOptions): HostForm {
  if (typesOnly && instantiateSync)
    throw new TypeError(
      '`typesOnly` leaves out all functions, and `instantiateSync` adds one: choose one of them',
    );
  return { typesOnly, hasContract: contract, hasSync: instantiateSync };
}

/** The names of the values that the file of a world may have. */
export const VALUE_NAMES = ['contract', 'instantiate', 'instantiateSync'] as const;

/** The types of a world that its functions mention. */
interface InstanceTypes {
  readonly imports: string;
  readonly exports: string;
  /** Whether imports must be given. */
  readonly areRequired: boolean;
  /** Whether interfaces may be given under compatible versions. */
  readonly hasVersions: boolean;
}

/** Prints the values of the file of a world: the contract, and the functions that make instances. */
export function instantiateFunctions(
  layout: ModuleLayout,
  world: World,
  form: HostForm,
  types: InstanceTypes,
): Printable[] {
  if (form.typesOnly) return [];
  const contract = code`
    /** The contract that a component must satisfy for these types to hold. */
    export const contract: ${runtimeType('Contract')} = ${JSON.stringify(contractOf(world))};
`;
  return [
    ...(form.hasContract ? [contract] : []),
    instantiateFunction(layout, world, form, types),
    ...(form.hasSync ? ['\n', instantiateSyncFunction(layout, world, form, types)] : []),
  ];
}

function instantiateFunction(
  layout: ModuleLayout,
  world: World,
  { hasContract }: HostForm,
  types: InstanceTypes,
): Printable {
  const { exports } = types;
  const call = hasContract
    ? code`${runtimeValue('instantiateWorld')}<${exports}>(contract, `
    : code`${runtimeValue('instantiateUnchecked')}<${exports}>(`;
  return code`
    /**
     * Instantiates a component of the world \`${world.name}\`${hasContract ? '' : NOT_CHECKED}.
     *
     * @throws {LinkError} ${hasContract ? CHECKED_ERRORS : UNCHECKED_ERRORS}
     */
    export function instantiate${typeParameters(types)}(
      component: ${runtimeType('Source')} | ${runtimeType('Component')},
      ${importsParameter(types)},
      options?: ${runtimeType('InstantiateOptions')},
    ): ${globalType('Promise')}<${exports}> {
      return ${call}component, imports, ${optionsText(layout, world)});
    }`;
}

function instantiateSyncFunction(
  layout: ModuleLayout,
  world: World,
  { hasContract }: HostForm,
  types: InstanceTypes,
): Printable {
  const { exports } = types;
  const call = hasContract
    ? code`${syncRuntimeValue('instantiateWorldSync')}<${exports}>(contract, `
    : code`${syncRuntimeValue('instantiateUncheckedSync')}<${exports}>(`;
  return code`
    /**
     * Instantiates a compiled component without a promise${hasContract ? '' : NOT_CHECKED}.
     *
     * @throws {LinkError} as \`instantiate\`
     */
    export function instantiateSync${typeParameters(types)}(
      component: ${runtimeType('Component')},
      ${importsParameter(types)},
      options?: ${runtimeType('InstantiateOptions')},
    ): ${exports} {
      return ${call}component, imports, ${optionsText(layout, world)});
    }`;
}

const NOT_CHECKED = ', without a check that it is one';
const CHECKED_ERRORS =
  'when the component does not fit the world or an import is missing; it lists every reason';
const UNCHECKED_ERRORS = 'when an import is missing or has the wrong form; it lists every reason';

/** Returns the type parameters of a function that makes an instance, and the type of its imports. */
export function importsOfInstance({ imports, hasVersions }: InstanceTypes): {
  readonly typeParameters: Printable;
  readonly accepted: Printable;
} {
  if (!hasVersions) return { typeParameters: '', accepted: imports };
  return {
    typeParameters: code`<Given extends ${runtimeType('CompatibleKeys')}<${imports}>>`,
    accepted: code`${imports} | ${runtimeType('CompatibleImports')}<Given, ${imports}>`,
  };
}

function typeParameters(types: InstanceTypes): Printable {
  return importsOfInstance(types).typeParameters;
}

function importsParameter(types: InstanceTypes): Printable {
  return code`imports: ${importsOfInstance(types).accepted}${types.areRequired ? '' : ' = {}'}`;
}

/** Prints the options for the runtime. It has to know which functions wait that are synchronous in WIT. */
function optionsText({ listed }: ModuleLayout, world: World): string {
  if (listed.import.size === 0 && listed.export.size === 0) return 'options';
  const imports = JSON.stringify(fullNames(world, 'import', listed.import));
  const exports = JSON.stringify(fullNames(world, 'export', listed.export));
  return `{ suspend: { imports: ${imports}, exports: ${exports} }, ...options }`;
}
