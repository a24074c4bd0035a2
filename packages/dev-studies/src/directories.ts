import { join } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';

/** The directory for downloaded and computed files, which is not part of the project. */
export const cache: string = join(root, '.cache');
