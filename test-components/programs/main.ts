/** Writes `docs/wasi-programs.md`. */
import { writeFile } from 'node:fs/promises';
import { inTestComponents } from '../building/paths.ts';
import { programsPage } from './page.ts';

await writeFile(inTestComponents('../docs/wasi-programs.md'), await programsPage());
