import { dataText, literal } from '@wit-ts/abi/compile';
import { LINKED_MODULE_NAMES } from '@wit-ts/bindgen';
import { exportSurface, type MappingChoices } from '@wit-ts/mapping';
import { withoutCode } from '@wit-ts/component/without-code';
import type { Suspend } from '@wit-ts/runtime';
import { declaredExports } from '../declared-exports.ts';
import type { LimitedModules } from '../limited-modules.ts';
import type { LinkedComponent } from '../linked/link-components.ts';
import type { MappedImport } from '../map-imports.ts';
import {
  COMPILE,
  eagerText,
  importedObject,
  mappedText,
  type ModuleLoading,
  NEEDS_MODULES,
} from './print-module.ts';

/** The name under which the modules of linked components import what they share, before they are bundled. */
export const LINKED_SUPPORT = '@wit-ts/transpile/linked-support';

/** What the module of a component that is linked when it runs is printed from. */
interface LinkedParts {
  /** The bytes of the component. */
  readonly bytes: Uint8Array;
  readonly linked: LinkedComponent;
  readonly limited: Omit<LimitedModules, 'modules'>;
  readonly loading: ModuleLoading;
  readonly mapped: readonly MappedImport[];
  readonly isEager: boolean;
  readonly mapping?: MappingChoices | undefined;
  readonly suspend?: Suspend | undefined;
}

/**
 * Prints a component that is linked when its module runs: the component without its core modules, which are compiled
 * as those of other static modules, and what decodes and plans it.
 */
export function printLinked(parts: LinkedParts): string {
  const { linked, loading, limited, mapped, isEager, mapping } = parts;
  const { fuel } = limited.limits ?? {};
  const classes = ['ComponentError', 'LinkError', 'Trap', ...(fuel === undefined ? [] : ['Fuel'])];
  const used = [
    'linkedModule',
    'decodeBase64',
    ...(limited.limits === undefined ? [] : ['linkedLimits']),
    ...(needsTasks(parts) ? ['linkedTasks'] : []),
    ...loading.support,
    ...classes,
  ];
  const exported = exportSurface(declaredExports(linked.plan.exports), undefined, undefined, mapping);
  const texts = [
    `import { ${[...new Set(used)].join(', ')} } from ${literal(LINKED_SUPPORT)};`,
    loading.text,
    mappedText(mapped),
    `const linked = linkedModule({\n  ${members(parts).join(',\n  ')},\n});`,
    'const { compileComponent, instantiateComponent, instantiateComponentSync } = linked;',
    instantiateText(loading, mapped.length > 0),
    'export { compile, instantiate, instantiateSync, compileComponent, instantiateComponent, instantiateComponentSync };',
    `export { ${classes.join(', ')} };`,
    isEager ? eagerText(exported, loading.sync !== undefined, LINKED_MODULE_NAMES) : '',
  ];
  return `${texts.filter((text) => text !== '').join('\n\n')}\n`;
}

function needsTasks({ linked, suspend }: LinkedParts): boolean {
  return linked.mayHaveTasks || suspend !== undefined;
}

/** Prints the members of the description of a linked module. */
function members(parts: LinkedParts): string[] {
  const { bytes, linked, limited, loading, mapping, suspend } = parts;
  const bytesText = (of: Uint8Array): string =>
    `bytes: () => decodeBase64(${literal(Buffer.from(linked.keepsCode ? of : withoutCode(of)).toString('base64'))})`;
  const given = linked.given.map(
    ({ path, bytes: part }) => `{ path: ${dataText(path)}, ${bytesText(part)} }`,
  );
  const { limits, moduleLimits } = limited;
  const ofModules = moduleLimits === undefined ? '' : `, ${dataText(moduleLimits)}`;
  return [
    bytesText(bytes),
    ...(given.length === 0 ? [] : [`given: [${given.join(', ')}]`]),
    ...(mapping === undefined ? [] : [`mapping: ${dataText(mapping)}`]),
    ...(suspend === undefined ? [] : [`suspend: ${dataText(suspend)}`]),
    ...(limits === undefined ? [] : [`limits: linkedLimits(${dataText(limits)}${ofModules})`]),
    ...(needsTasks(parts) ? ['tasks: linkedTasks'] : []),
    ...(loading.stacks === undefined ? [] : [`stacks: ${loading.stacks}`]),
  ];
}

function instantiateText({ sync }: ModuleLoading, isMapped: boolean): string {
  const given = importedObject(isMapped);
  const modules =
    sync === undefined
      ? `() => {\n    if (modules === undefined) throw new TypeError(${literal(NEEDS_MODULES)});\n    return modules;\n  }`
      : `() => modules ?? ${sync}`;
  return `${COMPILE}

async function instantiate(imports = {}, { modules, ...options } = {}) {
  return linked.instantiate(() => modules ?? compile(), ${given}, options);
}

function instantiateSync(imports = {}, { modules, ...options } = {}) {
  return linked.instantiateSync(${modules}, ${given}, options);
}`;
}
