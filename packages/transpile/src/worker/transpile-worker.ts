import { literal } from '@wit-ts/abi/compile';
import { decode } from '@wit-ts/component';
import { refuseUnknownOptions } from '@wit-ts/diagnostics';
import { mentionsTasks, plan, type Plan } from '@wit-ts/plan';
import {
  type DeployedGrants,
  handlerIn,
  handlerVersion,
  missingInterfaces,
  readDeployedGrants,
  WAITING_IMPORTS,
} from '@wit-ts/wasi/deploy';
import type { Limits, Suspend } from '@wit-ts/runtime';
import { bundleWorker, HOST } from '../bundle.ts';
import { otherModules, placesOf, maySuspendStacks, wiringOf } from '../component-parts.ts';
import { type LimitedModules, limitedModules } from '../limited-modules.ts';
import { staticPlan } from '../linked/static-plan.ts';
import { checkTranspileOptions } from '../options.ts';
import { printModule } from '../print/print-module.ts';
import type { StaticFile } from '../static-file.ts';
import { moduleLoading, type OtherModules, type PlacedModule } from '../targets.ts';
import { workerdConfig } from './workerd-config.ts';
import { wranglerConfig } from './wrangler-config.ts';

/** The options of `transpileWorker`. */
export interface DeployOptions {
  /** The name of the core modules and of the worker: `app` for `app.core.wasm`; `component` by default. */
  readonly name?: string;
  readonly minify?: boolean;
  /** The components that are given for imports, as for `transpile`. */
  readonly components?: Readonly<Record<string, Uint8Array>>;
  /** What the component may use; nothing by default. */
  readonly grants?: DeployedGrants;
  /** The bytes of the files that `grants` mentions. */
  readonly files?: Uint8Array;
  /** The most memory of an instance, and the operators of WebAssembly that each request may execute. */
  readonly limits?: Pick<Limits, 'memoryBytes'> & { readonly fuel?: number };
}

const OPTIONS: Readonly<Record<keyof DeployOptions, true>> = {
  name: true,
  minify: true,
  components: true,
  grants: true,
  files: true,
  limits: true,
};

/** Returns the interface with which a component handles HTTP requests, such as `wasi:http/incoming-handler@0.2.12`. */
export function handlerInterface(bytes: Uint8Array): string | undefined {
  return handlerIn(plan(decode(bytes)).exports.keys());
}

/**
 * Writes a component that handles HTTP requests as a worker that can be deployed: `worker.js` with the component as a
 * static module and the host of WASI, the core modules beside it, its grants as data (`grants.json`), and the
 * configuration for workerd (`workerd.capnp`) and for Cloudflare Workers (`wrangler.jsonc`). The worker is the first
 * file.
 *
 * @throws DecodeError when the bytes are not a component
 * @throws LinkError when no instance could start within the limits, or when a component that is given has another type
 *   than its import
 * @throws TypeError when an option has a wrong value, or when the component handles no requests or imports something
 *   that a worker does not have
 */
export async function transpileWorker(bytes: Uint8Array, options: DeployOptions = {}): Promise<StaticFile[]> {
  const { name = 'component', minify = false, components, grants = {}, files, limits } = options;
  refuseUnknownOptions(options, Object.keys(OPTIONS));
  checkTranspileOptions({ name, target: 'workerd' });
  readDeployedGrants(grants, files);
  const { plan: flat, open } = await staticPlan(bytes, decode(bytes), components);
  if (open !== undefined)
    throw new TypeError('the component imports or exports components, which a worker cannot do');
  const exported = handlerIn(flat.exports.keys());
  if (exported === undefined)
    throw new TypeError('the component exports neither `wasi:http/incoming-handler` nor `wasi:http/handler`');
  const version = handlerVersion(exported);
  const imports = [...new Set(flat.imports.flatMap(({ path }) => path.slice(0, 1)))];
  refuseMissing(missingInterfaces(version, imports));

  const suspend =
    version === 2 ? { imports: [...WAITING_IMPORTS], exports: [`${exported}#handle`] } : undefined;
  const others = otherModules(flat, suspend !== undefined || mentionsTasks(flat), suspend, name);
  const limited = limitedModules(flat.modules, limits, flat);
  const cores = flat.modules.map((_, index) => `${name}.core${index === 0 ? '' : index + 1}.wasm`);
  const places = placesOf(others);
  const modules = new Map([[WAITING, await moduleText(flat, limited, cores, places, suspend)]]);
  if (version === 2) modules.set(QUICK, await moduleText(flat, limited, cores, places, undefined));

  const beside: StaticFile[] = [
    { path: 'grants.json', content: `${JSON.stringify(grants, undefined, 2)}\n` },
    ...(files === undefined ? [] : [{ path: 'files.bin', content: files }]),
    ...cores.map((path, index) => ({ path, content: limited.modules[index]! })),
    ...others.map(({ path, content }) => ({ path, content })),
  ];
  const specifiers = new Set(beside.map(({ path }) => `./${path}`));
  const entry = entryText({ exported, imports, fuel: limits?.fuel }, version, files !== undefined);
  const worker = await bundleWorker(entry, modules, specifiers, minify);
  return [
    { path: 'worker.js', content: `// @generated by wit-ts from ${name}\n${worker}` },
    ...beside,
    {
      path: 'workerd.capnp',
      content: workerdConfig(
        beside.map(({ path }) => path),
        grants,
      ),
    },
    { path: 'wrangler.jsonc', content: wranglerConfig(name), isYours: true },
  ];
}

const WAITING = 'wit-ts:waiting';
const QUICK = 'wit-ts:quick';

/** Prints a component as a module whose instances can wait, or for `suspend: undefined` those of 0.2 that cannot. */
async function moduleText(
  flat: Plan,
  limited: LimitedModules,
  cores: readonly string[],
  { trap, stacks }: OtherModules,
  suspend: Suspend | undefined,
): Promise<string> {
  const hasTasks = suspend !== undefined || mentionsTasks(flat);
  const wiring = await wiringOf(flat, hasTasks, suspend, false);
  const placed = cores.map((file): PlacedModule => ({ file }));
  const loading = moduleLoading('workerd', placed, { trap, stacks: hasTasks ? stacks : new Map() });
  const suspends = maySuspendStacks(flat, hasTasks, suspend);
  return printModule({
    plan: flat,
    wiring,
    hasTasks,
    suspends,
    limited,
    loading,
    mapped: [],
    isEager: false,
  });
}

interface EntryParts {
  readonly exported: string;
  readonly imports: readonly string[];
  /** What each request may use. */
  readonly fuel: number | undefined;
}

function entryText({ exported, imports, fuel }: EntryParts, version: 2 | 3, hasFiles: boolean): string {
  const quick = version === 2 ? ['instantiateQuick'] : [];
  const handler = `deployedHandler${version}`;
  const program = [
    `exported: ${literal(exported)}`,
    `imports: [${imports.map((each) => literal(each)).join(', ')}]`,
    'instantiate',
    ...quick,
    ...(fuel === undefined ? [] : [`fuel: () => new Fuel(${fuel})`]),
  ];
  return [
    `import { ${fuel === undefined ? '' : 'Fuel, '}instantiateSync as instantiate } from ${literal(WAITING)};`,
    ...quick.map((name) => `import { instantiateSync as ${name} } from ${literal(QUICK)};`),
    `import { ${handler} } from ${literal(HOST)};`,
    `import grants from './grants.json';`,
    ...(hasFiles ? [`import files from './files.bin';`] : []),
    `export default ${handler}({ ${program.join(', ')} }, grants${hasFiles ? ', files' : ''});`,
  ].join('\n');
}

function refuseMissing(missing: readonly string[]): void {
  if (missing.length === 0) return;
  const names = missing
    .slice(0, 8)
    .map((name) => `\`${name}\``)
    .join(', ');
  const more = missing.length > 8 ? ` and ${missing.length - 8} more` : '';
  throw new TypeError(`the component imports ${names}${more}, which a worker does not have`);
}
