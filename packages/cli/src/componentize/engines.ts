import type { World, WorldItem } from '@wit-ts/model';

/** A JavaScript engine that becomes a part of the component. */
export interface GuestEngine {
  readonly name: Backend;
  /** The npm package that builds components with it. */
  readonly packageName: string;
  /** The version of the package to install: the newest that this command was tested with. */
  readonly version: string;
  /**
   * The body of an asynchronous function that builds a component: `module` is the namespace of the package, `job` a
   * `BuildJob`. It returns the bytes.
   */
  readonly script: string;
}

type Backend = 'starling' | 'quickjs';

/** What an engine is given, as JSON. */
export interface BuildJob {
  /** The absolute path of the bundled guest. */
  readonly source: string;
  /** The absolute path of a WIT package directory. */
  readonly wit: string;
  readonly world: string;
  /** The features of the engine that the world has no imports or exports for. */
  readonly disabled: readonly EngineFeature[];
  /** Whether the world imports something of WASI. */
  readonly usesWasi: boolean;
  /** Whether the packages of the WIT have asynchronous functions, streams or futures: engines read all of them. */
  readonly isAsync: boolean;
}

export const ENGINES: Readonly<Record<Backend, GuestEngine>> = {
  starling: {
    name: 'starling',
    packageName: '@bytecodealliance/componentize-js',
    version: '0.23',
    script: `const { component } = await module.componentize({
      sourcePath: job.source,
      witPath: job.wit,
      worldName: job.world,
      disableFeatures: job.disabled,
    });
    return component;`,
  },
  quickjs: {
    name: 'quickjs',
    packageName: 'componentize-qjs',
    version: '0.4',
    script: `const { component } = await module.componentize({
      witPath: job.wit,
      jsSource: readFileSync(job.source, 'utf8'),
      world: job.world,
      stubWasi: !job.usesWasi,
      sync: !job.isAsync,
    });
    return component;`,
  },
};

/** The parts of StarlingMonkey that import or export something of WASI. */
type EngineFeature = 'stdio' | 'random' | 'clocks' | 'http' | 'fetch-event';

/** The interfaces without which a feature would make a component that its world does not allow. */
const FEATURES: Readonly<Record<EngineFeature, (world: World) => boolean>> = {
  stdio: (world) => importsFrom(world, 'wasi:cli/stderr') || importsFrom(world, 'wasi:cli/stdout'),
  random: (world) => importsFrom(world, 'wasi:random/random'),
  // Other interfaces need the monotonic clock, too.
  clocks: (world) => importsFrom(world, 'wasi:clocks/wall-clock'),
  http: (world) => importsFrom(world, 'wasi:http/outgoing-handler'),
  'fetch-event': handlesRequests,
};

/** Returns true if a world exports the handler that the engine has for the event `fetch`. */
export function handlesRequests(world: World): boolean {
  return has(world.exports, 'wasi:http/incoming-handler');
}

/**
 * Returns the features of the engine that a world has no place for. A host of a world that handles requests has all of
 * WASI, and the event `fetch` needs most of it.
 */
export function disabledFeatures(world: World): readonly EngineFeature[] {
  if (handlesRequests(world)) return [];
  return (Object.keys(FEATURES) as EngineFeature[]).filter((feature) => !FEATURES[feature](world));
}

/** Returns true if a world imports or exports something of WASI, so that its host has WASI. */
export function mentionsWasi(world: World): boolean {
  return importsFrom(world, 'wasi:') || has(world.exports, 'wasi:');
}

function importsFrom(world: World, prefix: string): boolean {
  return has(world.imports, prefix);
}

function has(items: ReadonlyMap<string, WorldItem>, prefix: string): boolean {
  return [...items.keys()].some((key) => key.startsWith(prefix));
}
