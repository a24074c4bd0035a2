import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What was downloaded or worked out and is not part of the project. */
export const cache = fileURLToPath(new URL('../../../.cache/', import.meta.url));
