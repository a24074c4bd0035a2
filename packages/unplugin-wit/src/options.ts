import type { GenerateOptions } from '@wit-ts/bindgen';
import { refuseUnknownOptions } from '@wit-ts/diagnostics';
import type { TranspileOptions } from '@wit-ts/transpile';

/** Where a bundle runs. */
export type BundleTarget = 'node' | 'browser' | 'worker' | 'workerd';

/**
 * The options of the plugin. `mapping` is for components and worlds, `enums` and `variants` for worlds only: a world
 * that has values beside its types has all of them in its module.
 */
export interface WitPluginOptions
  extends
    Pick<TranspileOptions, 'inlineBelow' | 'suspend' | 'eager' | 'mapping'>,
    Pick<GenerateOptions, 'enums' | 'variants'> {
  /**
   * Where the bundle runs. By default it is what the bundler says: Vite's environment, the `platform` of esbuild, the
   * `target` of webpack and Rspack; and `workerd` if packages are resolved with the condition `workerd`. Rollup and
   * Rolldown do not say it, which means `browser`.
   */
  readonly target?: BundleTarget;
  /**
   * The modules from which components import what they import, as for `transpile`: `{ 'example:service/processor':
   * './src/processor.ts' }`. Relative modules are relative to `root`. Names that a component does not import do not
   * matter for it.
   */
  readonly map?: Readonly<Record<string, string>>;
  /**
   * The components that are given for imports, as for `transpile`, by their files: `{ 'some-part': './parts/part.wasm'
   * }`. The files are relative to `root`. Names that a component does not import do not matter for it.
   */
  readonly components?: Readonly<Record<string, string>>;
  /**
   * Where declarations are written: `true` for beside each file, which is the default, the path of a folder for a tree
   * below it that mirrors `root`, or `false` for nowhere.
   */
  readonly declarations?: boolean | string;
  /** The features of WIT that are enabled. */
  readonly features?: readonly string[];
  readonly allFeatures?: boolean;
  /** The folder of the project; the current directory by default, and for Vite its root. */
  readonly root?: string;
}

const OPTIONS: Readonly<Record<keyof WitPluginOptions, true>> = {
  target: true,
  inlineBelow: true,
  map: true,
  components: true,
  eager: true,
  mapping: true,
  enums: true,
  variants: true,
  suspend: true,
  declarations: true,
  features: true,
  allFeatures: true,
  root: true,
};

/** @throws TypeError for an option that does not exist, and for components that are not named by files */
export function checkPluginOptions(options: WitPluginOptions): void {
  refuseUnknownOptions(options, Object.keys(OPTIONS));
  const { components = {} } = options;
  const isRecord = typeof components === 'object' && components !== null && !Array.isArray(components);
  if (!isRecord || Object.values(components).some((file) => typeof file !== 'string'))
    throw new TypeError('`components`: give the file of each component, by the name of its import');
}
