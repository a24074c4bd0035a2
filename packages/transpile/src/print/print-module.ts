import { literal } from '@wit-ts/abi/compile';
import type { Plan } from '@wit-ts/plan';
import { expectedItem, importSitesOf, type Wiring } from '@wit-ts/runtime/static-module';
import { dataText } from './data-text.ts';
import { InstancePrinter } from './instance-printer.ts';
import type { PrintedImport } from './printed-import.ts';
import { PrintedFunctions } from './printed-functions.ts';
import { TasksPrinter } from './tasks-printer.ts';

/** The name under which printed modules import what they share with others, before they are bundled. */
export const SUPPORT = '@wit-ts/transpile/support';

/** How a module gets its core modules. */
export interface ModuleLoading {
  /** Statements at the top of the module, imports first. They declare `load(index)`, which may return a promise. */
  readonly text: string;
  /** Names of the support that the text uses. */
  readonly support: readonly string[];
  /** An expression of all core modules for an instantiation without promises; absent where that is impossible. */
  readonly sync?: string;
}

/** Prints a component as a module that imports its support. */
export function printModule(plan: Plan, wiring: Wiring, hasTasks: boolean, loading: ModuleLoading): string {
  const functions = new PrintedFunctions();
  const steps = hasTasks
    ? `${new TasksPrinter(plan, wiring, functions).print()}\n\n${taskSteps(functions)}`
    : new InstancePrinter(plan, wiring, functions).print().toString();
  for (const name of [...loading.support, 'link', 'run', 'runSync']) functions.use(name);
  const entry = [
    `import { ${functions.support.join(', ')} } from ${literal(SUPPORT)};`,
    loading.text,
    functions.code.toString(),
    `const imported = ${dataText(printedImports(plan))};`,
    steps,
    instantiateText(plan.modules.length, loading.sync),
    'export { compile, instantiate, instantiateSync };',
    `export { ${functions.use('ComponentError')}, ${functions.use('LinkError')}, ${functions.use('Trap')} } from ${literal(SUPPORT)};`,
  ];
  return `${entry.filter((text) => text !== '').join('\n\n')}\n`;
}

function printedImports(plan: Plan): readonly PrintedImport[] {
  const sites = importSitesOf(plan.imports);
  return plan.imports.map((each, index): PrintedImport => {
    const site = sites[index]!;
    const expected = expectedItem(each, site, plan.imports);
    const { item } = each;
    if (item.tag === 'component' || item.tag === 'known')
      throw new TypeError('imported components are not printed');
    return [each.path, expected, item.tag === 'func' ? { tag: 'func' } : item, site];
  });
}

function taskSteps(functions: PrintedFunctions): string {
  return `const steps = (modules, found, options) => ${functions.use('staticSteps')}(component, modules, found, options);`;
}

function instantiateText(count: number, sync: string | undefined): string {
  return `let compiled;

function compile() {
  return (compiled ??= Promise.all(Array.from({ length: ${count} }, (_, index) => load(index))).catch((error) => {
    compiled = undefined;
    throw error;
  }));
}

async function instantiate(imports = {}, { modules = compile(), ...options } = {}) {
  const found = link(imported, imports);
  return run(steps(await modules, found, options));
}

function instantiateSync(imports = {}, { modules${sync === undefined ? '' : ` = ${sync}`}, ...options } = {}) {
  return runSync(steps(modules, link(imported, imports), options));
}`;
}
