import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { peer } from '@wit-ts/dev-peers';
import { companyGuest, companyMember, companySize } from './guest.ts';

/** Builds the components, once for all processes. */
export async function writeCompany(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true });
  const tools = await peer('wasm-tools');
  for (let index = 0; index < companySize; index++) {
    const binary = await tools.parse(companyGuest(index));
    const { wit } = companyMember(index);
    const embedded = await tools.componentEmbed({
      binary,
      witSource: wit,
      world: 'member',
      stringEncoding: 'utf8',
    });
    await writeFile(join(directory, `${index}.wasm`), await tools.componentNew(embedded));
  }
}
