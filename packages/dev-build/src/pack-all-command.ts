/** `pnpm pack:all [-o DIRECTORY]`: builds all public packages and packs them, into `.cache/packages` by default. */
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '@wit-ts/dev-support/workspace';
import { buildAll, packAll } from './pack-all.ts';

const { values } = parseArgs({ options: { output: { type: 'string', short: 'o' } } });
await buildAll();
const tarballs = await packAll(values.output ?? join(root, '.cache/packages'));
for (const { file } of tarballs) process.stdout.write(`${relative(process.cwd(), file)}\n`);
