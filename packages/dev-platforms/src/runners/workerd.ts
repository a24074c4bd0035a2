import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { componentModules } from '@wit-ts/runtime';
import { type Assets, fileOf } from '../assets.ts';
import { command } from '../runtimes.ts';
import { type Outcome, outcomeOf, output } from './outcome.ts';

/**
 * Cloudflare's runtime. It makes no code from text and compiles no WebAssembly at run time, so the worker brings the core
 * modules of the components beside their bytes.
 */
export async function runWorkerd(assets: Assets): Promise<Outcome> {
  const program = await command('workerd');
  const modules: string[] = [
    '(name = "worker.js", esModule = embed "worker.js")',
    '(name = "components.js", esModule = embed "components.js")',
  ];
  const imports: string[] = [];
  const entries: string[] = [];
  for (const [index, name] of assets.components.entries()) {
    const file = fileOf(name);
    const bytes = await readFile(join(assets.directory, file));
    modules.push(`(name = "${file}", data = embed "${file}")`);
    imports.push(`import bytes${index} from '${file}';`);
    const cores = componentModules(bytes).map(async (core, number) => {
      const coreFile = file.replace(/wasm$/u, `core${number}.wasm`);
      await writeFile(join(assets.directory, coreFile), core);
      modules.push(`(name = "${coreFile}", wasm = embed "${coreFile}")`);
      imports.push(`import core${index}_${number} from '${coreFile}';`);
      return `core${index}_${number}`;
    });
    entries.push(`'${name}': { bytes: bytes${index}, modules: [${(await Promise.all(cores)).join(', ')}] },`);
  }
  const module = [...imports, 'export default {', ...entries, '};', ''].join('\n');
  await writeFile(join(assets.directory, 'components.js'), module);
  const config = join(assets.directory, 'workerd.capnp');
  await writeFile(config, configOf(modules));
  const version = /\d{4}-\d\d-\d\d/u.exec(await output(program, ['--version']))?.[0] ?? '';
  return outcomeOf(version, await output(program, ['test', config]));
}

function configOf(modules: readonly string[]): string {
  return `using Workerd = import "/workerd/workerd.capnp";

const config :Workerd.Config = (services = [(name = "main", worker = .tests)]);

const tests :Workerd.Worker = (
  modules = [
    ${modules.join(',\n    ')},
  ],
  compatibilityDate = "2026-11-01",
);
`;
}
