/**
 * `pnpm pack:all [-o DIRECTORY]`: builds all public packages and packs them, into `.cache/packages` by default. Prints
 * the tarballs, and the command that installs them.
 */
import { join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from '@wit-ts/dev-support/workspace';
import { buildAll, packAll } from './pack-all.ts';

const { values } = parseArgs({ options: { output: { type: 'string', short: 'o' } } });
await buildAll();
const directory = resolve(values.output ?? join(root, '.cache/packages'));
const tarballs = await packAll(directory);
for (const { file } of tarballs) process.stdout.write(`${relative(process.cwd(), file)}\n`);
process.stdout.write(`\nTo install them in your project:\n  npm install ${join(directory, '*.tgz')}\n`);
