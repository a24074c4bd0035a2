import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { componentModules } from '@wit-ts/runtime';
import { stackModules } from '@wit-ts/runtime/stack-modules';
import { type TestFiles, fileOf } from '../prepare-test-files.ts';
import { runtimeCommand } from '../install-runtime.ts';
import { withOutside } from './outside.ts';
import { outputOf, parseOutput, type PlatformOutput } from './platform-output.ts';

/**
 * Runs the cases on workerd, the runtime of Cloudflare Workers. It supports neither `new Function` nor compiling
 * WebAssembly at run time, so the worker is deployed with the core modules of the components.
 */
export async function runWorkerd(testFiles: TestFiles): Promise<PlatformOutput> {
  const program = await runtimeCommand('workerd');
  const modules: string[] = [
    '(name = "worker.js", esModule = embed "worker.js")',
    '(name = "components.js", esModule = embed "components.js")',
  ];
  const imports: string[] = [];
  const entries: string[] = [];
  const written: Promise<void>[] = [];
  for (const [index, name] of testFiles.components.entries()) {
    const file = fileOf(name);
    const bytes = await readFile(join(testFiles.directory, file));
    modules.push(`(name = "${file}", data = embed "${file}")`);
    imports.push(`import bytes${index} from '${file}';`);
    const add = (kind: 'core' | 'stack', number: number, module: Uint8Array): string => {
      const moduleFile = file.replace(/wasm$/u, `${kind}${number}.wasm`);
      written.push(writeFile(join(testFiles.directory, moduleFile), module));
      modules.push(`(name = "${moduleFile}", wasm = embed "${moduleFile}")`);
      imports.push(`import ${kind}${index}_${number} from '${moduleFile}';`);
      return `${kind}${index}_${number}`;
    };
    // The layer in the preamble is 0 for a core module, which is a program of preview 1.
    const isProgram = bytes[6] === 0;
    const cores = (isProgram ? [bytes] : componentModules(bytes)).map((module, number) =>
      add('core', number, module),
    );
    const stacks = (isProgram ? [] : stackModules(bytes, { suspend: true })).map((module, number) =>
      add('stack', number, module),
    );
    entries.push(
      `'${name}': { bytes: bytes${index}, modules: [${cores.join(', ')}], stacks: [${stacks.join(', ')}] },`,
    );
  }
  await Promise.all(written);
  for (const file of testFiles.workerdModules)
    modules.push(`(name = "${file}", ${file.endsWith('.js') ? 'esModule' : 'wasm'} = embed "${file}")`);
  const module = [...imports, 'export default {', ...entries, '};', ''].join('\n');
  await writeFile(join(testFiles.directory, 'components.js'), module);
  const config = join(testFiles.directory, 'workerd.capnp');
  const version = /\d{4}-\d\d-\d\d/u.exec(await outputOf(program, ['--version']))?.[0] ?? '';
  const printed = await withOutside(async (origin) => {
    await writeFile(config, configOf(modules, origin));
    return outputOf(program, ['test', config]);
  });
  return parseOutput(version, printed);
}

function configOf(modules: readonly string[], outside: string): string {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [
  (name = "main", worker = .tests),
  (name = "outside", network = (allow = ["local"])),
]);

const tests :Workerd.Worker = (
  modules = [
    ${modules.join(',\n    ')},
  ],
  bindings = [(name = "outside", text = "${outside}")],
  globalOutbound = "outside",
  compatibilityDate = "2026-11-01",
);
`;
}
