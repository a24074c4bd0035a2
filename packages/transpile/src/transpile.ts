import { decode } from '@wit-ts/component';
import { mentionsTasks, plan, type Plan } from '@wit-ts/plan';
import {
  checkedSuspend,
  loadParts,
  needsOf,
  suspensionOf,
  wire,
  type Wiring,
} from '@wit-ts/runtime/static-module';
import type { Suspend } from '@wit-ts/runtime';
import { bundleModule } from './bundle.ts';
import { printModule } from './print/print-module.ts';
import { moduleLoading, type PlacedModule, type Target } from './targets.ts';

/** The options of `transpile`. */
export interface TranspileOptions {
  /** The name of the files: `app` for `app.js` and `app.core.wasm`. `component` by default. */
  readonly name?: string;
  /** Where the module runs; `node` by default. */
  readonly target?: Target;
  /** Core modules of fewer bytes become a part of the text; 0 by default. */
  readonly inlineBelow?: number;
  readonly minify?: boolean;
  /** The functions that wait although they are synchronous in WIT, as the option of `instantiate` lists them. */
  readonly suspend?: Suspend;
}

/** A file of a static module. */
export interface StaticFile {
  /** Relative to the output directory. */
  readonly path: string;
  readonly content: string | Uint8Array;
}

/**
 * Writes a component as a static module: an ES module that needs neither this library nor code that is made at run
 * time, and the core modules beside it.
 *
 * @throws DecodeError when the bytes are not a component
 */
export async function transpile(
  bytes: Uint8Array,
  { name = 'component', target = 'node', inlineBelow = 0, minify = false, suspend }: TranspileOptions = {},
): Promise<StaticFile[]> {
  const flat = plan(decode(bytes));
  if (flat.higherOrder === true) throw new TypeError('not yet');
  const hasTasks = suspend !== undefined || mentionsTasks(flat);
  const wiring = await wiringOf(flat, hasTasks, suspend, target !== 'workerd');
  const placed = flat.modules.map((module, index): PlacedModule =>
    module.length < inlineBelow && target !== 'workerd'
      ? { inlined: module }
      : { file: `${name}.core${index === 0 ? '' : index + 1}.wasm` },
  );
  const text = printModule(flat, wiring, hasTasks, moduleLoading(target, placed));
  const files: StaticFile[] = [{ path: `${name}.js`, content: await bundleModule(text, minify) }];
  for (const [index, each] of placed.entries())
    if ('file' in each) files.push({ path: each.file, content: flat.modules[index]! });
  return files;
}

async function wiringOf(
  flat: Plan,
  hasTasks: boolean,
  suspend: Suspend | undefined,
  compiles: boolean,
): Promise<Wiring> {
  const loaded = await loadParts({ ...needsOf(flat), tasks: hasTasks });
  const { tasks } = loaded;
  const suspension = suspend === undefined ? undefined : suspensionOf(flat, checkedSuspend(suspend));
  const parts = {
    ...loaded,
    tasks: tasks && { ...tasks, taskWirer: (each: Plan) => tasks.taskWirer(each, suspension) },
  };
  return wire(flat, { isTraced: false, hasTasks, fuses: parts.calls !== undefined, parts, compiles });
}
