import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { installPeers, peersDirectory } from './install.ts';
import type { PeerModules, PeerName, WasmTools } from './modules.ts';

const files: Readonly<Record<PeerName, string>> = {
  'wasm-tools': '@bytecodealliance/jco-transpile/dist/wasm-tools.js',
  'jco-transpile': '@bytecodealliance/jco-transpile/dist/index.js',
  'componentize-js': '@bytecodealliance/componentize-js/src/componentize.js',
  'preview2-shim/instantiation': '@bytecodealliance/preview2-shim/dist/common/instantiation.js',
};

/**
 * A module of `packages/dev-peers/tools`, installing them first where needed.
 *
 * The same module instance every time; throws an Error where the installation fails.
 */
export async function peer<Name extends PeerName>(name: Name): Promise<PeerModules[Name]> {
  await installPeers();
  allowUnusualComponentText();
  const loaded: PeerModules[Name] = await import(pathToFileURL(peerPath(files[name])).href);
  return loaded;
}

/**
 * The absolute path of a file below `packages/dev-peers/tools/node_modules`, whether it is installed or not:
 * `peerPath('@bytecodealliance/jco/dist/jco.js')`.
 */
export function peerPath(file: string): string {
  return join(peersDirectory, 'node_modules', file);
}

let instances = 0;

/**
 * wasm-tools with an instance of its own. A panic inside wasm-tools leaves its instance unusable for ever, so whoever feeds it
 * text that may be wrong starts over with a fresh one. Costs about 70 ms.
 */
export async function freshWasmTools(): Promise<WasmTools> {
  await installPeers();
  allowUnusualComponentText();
  const vendored = pathToFileURL(peerPath('@bytecodealliance/jco-transpile/vendor/wasm-tools.js'));
  instances += 1;
  vendored.searchParams.set('instance', String(instances));
  const loaded: Vendored = await import(vendored.href);
  await loaded.$init;
  const { tools } = loaded;
  return {
    parse: async (text) => tools.parse(text),
    print: async (bytes) => tools.print(bytes),
    componentNew: async (bytes, adapters) => tools.componentNew(bytes, adapters),
    componentEmbed: async (options) => tools.componentEmbed(options),
    componentWit: async (bytes) => tools.componentWit(bytes),
  };
}

interface Vendored {
  readonly $init: Promise<void>;
  readonly tools: {
    readonly [Method in keyof WasmTools]: (
      ...args: Parameters<WasmTools[Method]>
    ) => Awaited<ReturnType<WasmTools[Method]>>;
  };
}

/** Conformance scripts refer to component items by index before their definition; wasm-tools reads this once, at load. */
function allowUnusualComponentText(): void {
  process.env['WAST_STRICT_COMPONENT_INDICES'] ??= '0';
}
