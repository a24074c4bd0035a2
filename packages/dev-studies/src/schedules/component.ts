import { assembleComponent } from '@wit-ts/dev-conformance';
import { componentText } from './component-text.ts';
import { topology } from './topology.ts';

/** Returns the bytes of the component of the study. The assembler keeps what it has assembled. */
export async function schedulesComponent(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await assembleComponent({ tag: 'component', form: 'text', text: componentText(topology) });
  return new Uint8Array(bytes);
}
