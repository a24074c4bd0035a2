/**
 * `pnpm figures [CHECKOUT]`: counts the sources of this checkout, or of another one, and prints the figures as
 * Markdown.
 */
import { resolve } from 'node:path';
import { root } from '@wit-ts/dev-support/workspace';
import { figuresOf, figuresText } from './figures.ts';

const [checkout] = process.argv.slice(2);
process.stdout.write(figuresText(figuresOf(checkout === undefined ? root : resolve(checkout))));
