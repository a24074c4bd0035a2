import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assembleComponent, assembleWat, readScript } from '@wit-ts/dev-conformance';
import { root } from '../directories.ts';

/** A component at hand. */
export interface Specimen {
  readonly name: string;
  /** Where it is from, for tables. */
  readonly group: string;
  readonly bytes: Uint8Array;
}

export const corpus = join(root, '../shared/corpus');

/** Every component of the corpora that can be assembled, and those built in `test-components`. The large one is not among them. */
export async function specimens(): Promise<Specimen[]> {
  return [...builtComponents(), ...(await decodedComponents()), ...(await scriptComponents())];
}

export function builtComponents(): Specimen[] {
  const folder = join(root, 'test-components');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /[/\\]built[/\\][^/\\]+\.wasm$/u.test(path) && !path.includes('node_modules'))
    .sort()
    .map((path) => ({ name: path, group: 'test-components', bytes: readFileSync(join(folder, path)) }));
}

/** The 12 MB guest of `edge-handler`, where it has been built. */
export function largeComponent(): Specimen | undefined {
  const folder = join(root, '.cache/edge-handler-js');
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.wasm')) : [];
  if (name === undefined) return undefined;
  return { name, group: 'edge-handler in JavaScript', bytes: readFileSync(join(folder, name)) };
}

async function decodedComponents(): Promise<Specimen[]> {
  const found: Specimen[] = [];
  for (const group of ['component-decode', 'wit-print', 'targets']) {
    const folder = join(corpus, group);
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    for (const file of files.filter((path) => path.endsWith('.wat')).sort()) {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('$CARGO_PKG_VERSION', '0.0.0');
      found.push(...(await assembled(() => assembleWat(text), file, group)));
    }
  }
  return found;
}

async function scriptComponents(): Promise<Specimen[]> {
  const folder = join(corpus, 'wast');
  const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
  const found: Specimen[] = [];
  for (const file of files.filter((path) => path.endsWith('.wast')).sort()) {
    for (const { line, action } of readScript(readFileSync(join(folder, file), 'utf8'))) {
      if (action.tag !== 'component' && action.tag !== 'definition') continue;
      found.push(
        ...(await assembled(() => assembleComponent(action.component), `${basename(file)}:${line}`, 'wast')),
      );
    }
  }
  return found;
}

/** Text that the assembler refuses, such as an older spelling, is no component at hand. */
async function assembled(
  assemble: () => Promise<Uint8Array>,
  name: string,
  group: string,
): Promise<Specimen[]> {
  try {
    return [{ name, group, bytes: await assemble() }];
  } catch (error) {
    if (error instanceof Error && error.name === 'WatError') return [];
    throw error;
  }
}
