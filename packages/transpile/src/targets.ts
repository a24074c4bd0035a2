import { literal } from '@wit-ts/abi/compile';
import type { ModuleLoading } from './print/print-module.ts';

export const TARGETS = ['node', 'browser', 'worker', 'workerd'] as const;

/** Where a static module runs. */
export type Target = (typeof TARGETS)[number];

/** A core module of a component, and the file that it is written to, or its bytes if they are in the text. */
export type PlacedModule = { readonly file: string } | { readonly inlined: Uint8Array };

/** What a module needs beside its core modules on a platform that compiles no WebAssembly while it runs. */
export interface OtherModules {
  /** The file of the module that raises traps. */
  readonly trap: string;
  /** The files of the modules with which stacks are suspended, by their keys. */
  readonly stacks: ReadonlyMap<string, string>;
}

/** Prints how a module for a target gets its core modules. @param others for `workerd` only */
export function moduleLoading(
  target: Target,
  modules: readonly PlacedModule[],
  others: OtherModules | undefined,
): ModuleLoading {
  if (others !== undefined) return importedModules(modules, others);
  const inlined = modules.some((each) => 'inlined' in each);
  const sources = modules.map((each) =>
    'file' in each
      ? `new URL(${literal(`./${each.file}`)}, import.meta.url)`
      : `decodeBase64(${literal(Buffer.from(each.inlined).toString('base64'))})`,
  );
  const support = inlined ? ['decodeBase64'] : [];
  const list = `const sources = [${sources.map((text) => `() => ${text}`).join(', ')}];`;
  const needsFiles = modules.some((each) => 'file' in each);
  // A module without files may run anywhere, whatever its target is.
  if (!needsFiles) return { support, text: `${list}\n${INLINED}`, sync: 'loadSync()', isPage: true };
  if (target !== 'node')
    return {
      support,
      text: `${list}\n${inlined ? FETCHED_OR_INLINED : FETCHED}`,
      isPage: target === 'browser',
    };
  return {
    support,
    text: `${NODE_FILES}\n\n${list}\n${inlined ? READ_OR_INLINED : READ}`,
    sync: 'loadSync()',
  };
}

const INLINED = `const load = async (source) => WebAssembly.compile(source());
const loadSync = () => sources.map((source) => new WebAssembly.Module(source()));`;

const NODE_FILES = `import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';`;

const READ = `const load = async (source) => WebAssembly.compile(await readFile(source()));
const loadSync = () => sources.map((source) => new WebAssembly.Module(readFileSync(source())));`;

const READ_OR_INLINED = `const bytesOf = (place, read) => (place instanceof URL ? read(place) : place);
const load = async (source) => WebAssembly.compile(await bytesOf(source(), readFile));
const loadSync = () => sources.map((source) => new WebAssembly.Module(bytesOf(source(), readFileSync)));`;

/** Servers that send another content type than `application/wasm` are common. */
const FETCHED = `const load = async (source) => {
  const place = source();
  const response = await fetch(place);
  if (!response.ok) throw new TypeError(\`\${place}: the server answers with the status \${response.status}\`);
  return response.headers.get('content-type') === 'application/wasm'
    ? WebAssembly.compileStreaming(response)
    : WebAssembly.compile(await response.arrayBuffer());
};`;

const FETCHED_OR_INLINED = FETCHED.replace(
  'source();\n',
  'source();\n  if (!(place instanceof URL)) return WebAssembly.compile(place);\n',
);

/** Platforms that compile no WebAssembly at run time import compiled modules. */
function importedModules(modules: readonly PlacedModule[], { trap, stacks }: OtherModules): ModuleLoading {
  const files = modules.map((each) => {
    if ('inlined' in each) throw new TypeError('a platform that compiles no WebAssembly imports all modules');
    return each.file;
  });
  const imports = [
    ...files.map((file, index) => importText(`module${index}`, file)),
    importText('trapModule', trap),
    ...[...stacks.values()].map((file, index) => importText(`stack${index}`, file)),
  ];
  const pairs = [...stacks.keys()].map((key, index) => `[${literal(key)}, stack${index}]`);
  return {
    support: ['trapWith'],
    text: `${imports.join('\n')}

trapWith(trapModule);
const sources = [${files.map((_, index) => `module${index}`).join(', ')}];
const load = (source) => source;`,
    sync: 'sources',
    ...(stacks.size > 0 && { stacks: `new Map([${pairs.join(', ')}])` }),
  };
}

function importText(name: string, file: string): string {
  return `import ${name} from ${literal(`./${file}`)};`;
}
