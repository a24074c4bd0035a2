/** The `build` script of a published package, run in its folder. */
import { cwd } from 'node:process';
import { buildPackage } from './build-package.ts';

await buildPackage(cwd());
