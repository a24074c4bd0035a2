import { readFile } from 'node:fs/promises';
import { assembleComponent } from '@wit-ts/dev-conformance';
import { componentText } from './component-text.ts';
import { topology } from './topology.ts';

/** The component of the study. It is committed, so that neither the study nor its tests need an assembler. */
export const componentFile: URL = new URL('fixtures/component.wasm', import.meta.url);

/** Reads the component of the study. */
export async function schedulesComponent(): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(componentFile));
}

/** Assembles the component of the study from the text of its topology. */
export async function assembledComponent(): Promise<Uint8Array<ArrayBuffer>> {
  const text = componentText(topology);
  return new Uint8Array(await assembleComponent({ tag: 'component', form: 'text', text }));
}
