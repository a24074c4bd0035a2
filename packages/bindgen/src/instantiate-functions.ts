import { otherChoices } from '@wit-ts/mapping';
import { worldContractText, type World } from '@wit-ts/model';
import { fullNames } from './async-functions.ts';
import type { GenerateOptions } from './generate.ts';
import type { ModuleLayout } from './module-layout.ts';
import { constantLayout, functionConstantLayout, typeParameterLayout } from './layout/declaration-layout.ts';
import { hardline } from './layout/layout-node.ts';
import { generic, typeArguments, namedType, unionType, type TypeText } from './layout/type-layout.ts';
import {
  arrowLayout,
  callLayout,
  callWithObject,
  entryLayout,
  objectLayout,
  textLayout,
  valueLayout,
} from './layout/value-layout.ts';
import { code, type Printable } from './printable.ts';
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
export const VALUE_NAMES = ['contract', 'mapping', 'instantiate', 'instantiateSync'] as const;

/** The types of a world that its functions mention. */
interface InstanceTypes {
  readonly imports: string;
  readonly exports: string;
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
  const value = textLayout(worldContractText(world));
  const contract = code`/** The contract that a component must satisfy for these types to hold. */
    export ${constantLayout('contract: string', value)};

    `;
  const choices = otherChoices(layout.forms.choices);
  const mapping = code`/** The choices of the mapping for which these types hold. */
    ${constantLayout('mapping', [valueLayout(choices).text, ' as const'])};

    `;
  return [
    ...(form.hasContract ? [contract] : []),
    ...(choices === undefined ? [] : [mapping]),
    instantiateFunction(layout, world, form, types),
    ...(form.hasSync ? [hardline, hardline, instantiateSyncFunction(layout, world, form, types)] : []),
  ];
}

function instantiateFunction(
  layout: ModuleLayout,
  world: World,
  { hasContract }: HostForm,
  types: InstanceTypes,
): Printable {
  const callee = runtimeValue(hasContract ? 'instantiateWorld' : 'instantiateUnchecked');
  const type = instantiateType('Instantiate', types);
  const value = instantiateValue(callee, layout, world, hasContract);
  return code`/** Instantiates a component of the world \`${world.name}\`${hasContract ? '' : NOT_CHECKED}. */
    export ${functionConstantLayout('instantiate', type, value)};`;
}

function instantiateSyncFunction(
  layout: ModuleLayout,
  world: World,
  { hasContract }: HostForm,
  types: InstanceTypes,
): Printable {
  const callee = syncRuntimeValue(hasContract ? 'instantiateWorldSync' : 'instantiateUncheckedSync');
  const type = instantiateType('InstantiateSync', types);
  const value = instantiateValue(callee, layout, world, hasContract);
  return code`/** Instantiates a compiled component without a promise${hasContract ? '' : NOT_CHECKED}. */
    export ${functionConstantLayout('instantiateSync', type, value)};`;
}

const NOT_CHECKED = ', without a check that it is one';

/** Returns the type of a function that makes an instance: its parameters are declared in the runtime. */
function instantiateType(name: string, { imports, exports, hasVersions }: InstanceTypes): Printable {
  const type = runtimeType(hasVersions ? `${name}Compatible` : name);
  return [type, typeArguments([namedType(imports), namedType(exports)])];
}

/** Returns the type parameters of a function that makes an instance, and the type of its imports. */
export function importsOfInstance({ imports, hasVersions }: InstanceTypes): {
  readonly typeParameters: Printable;
  readonly accepted: TypeText;
} {
  const plain = namedType(imports);
  if (!hasVersions) return { typeParameters: '', accepted: plain };
  return {
    typeParameters: typeParameterLayout('Given', generic(runtimeType('CompatibleKeys'), plain)),
    accepted: unionType(plain, generic(runtimeType('CompatibleImports'), namedType('Given'), plain)),
  };
}

/**
 * Prints the function that calls the runtime, which has to know which functions wait that are synchronous in WIT, and
 * for which choices of the mapping the types are.
 */
function instantiateValue(
  callee: Printable,
  { listed, forms }: ModuleLayout,
  world: World,
  hasContract: boolean,
): Printable {
  const contract = hasContract ? ['contract'] : [];
  const mapping = otherChoices(forms.choices) === undefined ? [] : ['mapping'];
  const isListed = listed.import.size > 0 || listed.export.size > 0;
  if (!isListed && mapping.length === 0)
    return arrowLayout(['...args'], callLayout(callee, [...contract, '...args']));
  const parameters = ['component', 'imports', 'options'];
  const args = [...contract, 'component', 'imports'];
  if (!isListed) return arrowLayout(parameters, callLayout(callee, [...args, 'options', ...mapping]));
  const suspend = {
    imports: fullNames(world, 'import', listed.import),
    exports: fullNames(world, 'export', listed.export),
  };
  const options = objectLayout([entryLayout('suspend', valueLayout(suspend)), '...options']);
  return arrowLayout(
    parameters,
    mapping.length === 0
      ? callWithObject(callee, args, options)
      : callLayout(callee, [...args, options, ...mapping]),
  );
}
