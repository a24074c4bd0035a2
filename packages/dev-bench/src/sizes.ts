import { gzipSync } from 'node:zlib';
import { generate } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import { jcoFiles } from './contenders/jco.ts';
import { testComponent } from './guest.ts';

/** Bytes of the text that is generated for one component. */
export interface Size {
  readonly component: string;
  readonly what: string;
  readonly bytes: number;
  readonly gzip: number;
}

/** What wit-ts and jco generate for two components. wit-ts's text needs its runtime, jco's JavaScript contains its own. */
export async function measureSizes(): Promise<Size[]> {
  const sizes: Size[] = [];
  for (const name of ['edge-handler/built/rust.wasm', 'bench-guest/built/wat.wasm']) {
    const bytes = await testComponent(name);
    const { resolve, world } = componentWorld(decode(bytes));
    const ours = await generate(resolve, world);
    const theirs = Object.entries(await jcoFiles(bytes));
    const text = (suffix: string): Uint8Array =>
      Buffer.concat(theirs.filter(([file]) => file.endsWith(suffix)).map(([, content]) => content));
    const component = name.split('/', 1)[0] ?? name;
    sizes.push(
      size(component, 'wit-ts, TypeScript', Buffer.from(ours.map(({ content }) => content).join(''))),
      size(component, 'jco, JavaScript', text('.js')),
      size(component, 'jco, declarations', text('.d.ts')),
    );
  }
  return sizes;
}

function size(component: string, what: string, text: Uint8Array): Size {
  return { component, what, bytes: text.length, gzip: gzipSync(text).length };
}
