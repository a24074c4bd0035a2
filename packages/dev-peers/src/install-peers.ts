import { OnDemandPackages } from './on-demand-packages.ts';

const tools = new OnDemandPackages('tools', 'jco and componentize-js (45 MB)');

/** Large WASI programs of other projects. */
export const largePrograms: OnDemandPackages = new OnDemandPackages('programs', 'CRuby (30 MB)');

/** The bundlers for which `unplugin-wit` is a plugin. */
export const bundlerPackages: OnDemandPackages = new OnDemandPackages(
  'bundlers',
  'Vite, Rollup, Rolldown, esbuild, webpack and Rspack (45 MB)',
);

/** An engine with which `wit-ts componentize` builds components, beside that of the tools. */
export const enginePackages: OnDemandPackages = new OnDemandPackages('engines', 'componentize-qjs (13 MB)');

/** The absolute path of `packages/dev-peers/tools`. */
export const peersDirectory: string = tools.directory;

/**
 * Returns true when the peers are installed at the versions in their lockfile, so that using one does not need the
 * network.
 */
export function peersInstalled(): boolean {
  return tools.areInstalled;
}

/** Installs the peers if they are missing. Throws an Error with the output of pnpm when the installation fails. */
export async function installPeers(): Promise<void> {
  await tools.install();
}

/**
 * Returns the absolute path of a file in `packages/dev-peers/tools/node_modules`, which need not be installed, for
 * example `peerPath('@bytecodealliance/jco/dist/jco.js')`.
 */
export function peerPath(file: string): string {
  return tools.path(file);
}
