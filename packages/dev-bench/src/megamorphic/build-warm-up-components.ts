import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peer } from '@wit-ts/dev-peers';
import { WARM_UP_COMPONENTS, warmUpContract, warmUpCoreModule } from './warm-up-component.ts';

/** Builds the components once, for all measuring processes. */
export async function buildWarmUpComponents(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const tools = await peer('wasm-tools');
  for (let index = 0; index < WARM_UP_COMPONENTS; index++) {
    const binary = await tools.parse(warmUpCoreModule(index));
    const { wit } = warmUpContract(index);
    const embedded = await tools.componentEmbed({
      binary,
      witSource: wit,
      world: 'component',
      stringEncoding: 'utf8',
    });
    await writeFile(join(directory, `${index}.wasm`), await tools.componentNew(embedded));
  }
}
