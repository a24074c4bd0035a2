import { gzipSync } from 'node:zlib';
import { generate } from '@wit-ts/bindgen';
import { componentWorld, decode } from '@wit-ts/component';
import { transpileWithJco } from './contenders/transpile-with-jco.ts';
import { testComponent } from './test-component.ts';

/** The size in bytes of what one tool generates for one component. */
interface GeneratedSize {
  readonly component: string;
  readonly output: string;
  readonly bytes: number;
  readonly gzip: number;
}

/**
 * Measures what wit-ts and jco generate for two components. The text by wit-ts imports the runtime; the JavaScript by
 * jco contains all the code that it needs.
 */
export async function measureGeneratedSizes(): Promise<GeneratedSize[]> {
  const sizes: GeneratedSize[] = [];
  for (const path of ['edge-handler/built/rust.wasm', 'bench-guest/built/wat.wasm']) {
    const bytes = await testComponent(path);
    const { resolve, world } = componentWorld(decode(bytes));
    const ours = await generate(resolve, world);
    const theirs = Object.entries(await transpileWithJco(bytes));
    const filesEndingWith = (suffix: string): Uint8Array =>
      Buffer.concat(theirs.filter(([file]) => file.endsWith(suffix)).map(([, content]) => content));
    const component = path.split('/', 1)[0] ?? path;
    sizes.push(
      sizeOf(component, 'wit-ts, TypeScript', Buffer.from(ours.map(({ content }) => content).join(''))),
      sizeOf(component, 'jco, JavaScript', filesEndingWith('.js')),
      sizeOf(component, 'jco, declarations', filesEndingWith('.d.ts')),
    );
  }
  return sizes;
}

function sizeOf(component: string, output: string, text: Uint8Array): GeneratedSize {
  return { component, output, bytes: text.length, gzip: gzipSync(text).length };
}
