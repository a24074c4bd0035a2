import { pathToFileURL } from 'node:url';
import { installPeers, peerPath } from './install-peers.ts';
import type { PeerModules, PeerName, WasmTools } from './peer-modules.ts';

const files: Readonly<Record<PeerName, string>> = {
  'wasm-tools': '@bytecodealliance/jco-transpile/dist/wasm-tools.js',
  'jco-transpile': '@bytecodealliance/jco-transpile/dist/index.js',
  'componentize-js': '@bytecodealliance/componentize-js/src/componentize.js',
  'preview2-shim/instantiation': '@bytecodealliance/preview2-shim/dist/common/instantiation.js',
  'preview3-shim': '@bytecodealliance/preview3-shim/dist/nodejs/index.js',
};

/**
 * Imports a module of `packages/dev-peers/tools`, and installs the tools first if they are missing. Returns the same
 * module instance every time. Throws an Error when the installation fails.
 */
export async function peer<Name extends PeerName>(name: Name): Promise<PeerModules[Name]> {
  await installPeers();
  allowUnusualComponentText();
  const loaded: PeerModules[Name] = await import(pathToFileURL(peerPath(files[name])).href);
  return loaded;
}

let instances = 0;

/**
 * Returns a new instance of wasm-tools. A panic inside wasm-tools makes the instance unusable, so callers that pass
 * possibly invalid text use a new instance after a panic. Takes about 70 ms.
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

/**
 * Lets text refer to items by index before their definition, as test scripts do. wasm-tools reads the variable only
 * when it is loaded.
 */
function allowUnusualComponentText(): void {
  process.env['WAST_STRICT_COMPONENT_INDICES'] ??= '0';
}
