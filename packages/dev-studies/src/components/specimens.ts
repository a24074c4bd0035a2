import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { assembleComponent, assembleCachedWat, readScript } from '@wit-ts/dev-conformance';
import { root } from '@wit-ts/dev-support/workspace';

/** A component that the studies examine. */
export interface Specimen {
  readonly name: string;
  /** The collection that it comes from, which is a column of the tables. */
  readonly group: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The folder with the public test files of the component model. */
export const corpus = join(root, '../shared/corpus');

/** Returns the components built in `test-components` and all components of the corpora that can be assembled. */
export async function specimens(): Promise<Specimen[]> {
  return [...builtComponents(), ...(await decodedComponents()), ...(await scriptComponents())];
}

/** Returns the committed components in `test-components`. */
export function builtComponents(): Specimen[] {
  const folder = join(root, 'test-components');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /[/\\]built[/\\][^/\\]+\.wasm$/u.test(path) && !path.includes('node_modules'))
    .sort()
    .map((path) => ({
      name: path,
      group: 'test-components',
      bytes: new Uint8Array(readFileSync(join(folder, path))),
    }));
}

/** Returns the JavaScript guest of `edge-handler` (12 MB), or `undefined` when it has not been built. */
export function largeComponent(): Specimen | undefined {
  const folder = join(root, '.cache/edge-handler-js');
  const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.wasm')) : [];
  if (name === undefined) return undefined;
  return {
    name,
    group: 'edge-handler in JavaScript',
    bytes: new Uint8Array(readFileSync(join(folder, name))),
  };
}

async function decodedComponents(): Promise<Specimen[]> {
  const found: Specimen[] = [];
  for (const group of ['component-decode', 'wit-print', 'targets']) {
    const folder = join(corpus, group);
    const files = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    for (const file of files.filter((path) => path.endsWith('.wat')).sort()) {
      const text = readFileSync(join(folder, file), 'utf8').replaceAll('$CARGO_PKG_VERSION', '0.0.0');
      found.push(...(await assembled(() => assembleCachedWat(text), file, group)));
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

/** Leaves out text that the assembler rejects, for example because it uses an outdated spelling. */
async function assembled(
  assemble: () => Promise<Uint8Array>,
  name: string,
  group: string,
): Promise<Specimen[]> {
  try {
    return [{ name, group, bytes: new Uint8Array(await assemble()) }];
  } catch (error) {
    if (error instanceof Error && error.name === 'WatError') return [];
    throw error;
  }
}
