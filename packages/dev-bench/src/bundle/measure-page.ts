import { fileURLToPath } from 'node:url';
import wit from 'unplugin-wit/vite';
import { build, type Rolldown } from 'vite';
import { type Bundle, bundleOf } from './measure-bundle.ts';

/** Those of Vite for a page. */
const CONDITIONS = ['module', 'browser'];

/**
 * Builds a page of the folder `pages` with Vite for production, and measures its JavaScript.
 *
 * @param form of the runtime: its source, or the built packages, which have to be built before
 */
export async function measurePage(name: 'runtime' | 'static', form: 'source' | 'published'): Promise<Bundle> {
  const built = (await build({
    root: fileURLToPath(new URL(`pages/${name}`, import.meta.url)),
    configFile: false,
    logLevel: 'silent',
    plugins: [wit({ declarations: false })],
    resolve: { conditions: form === 'source' ? ['@wit-ts/source', ...CONDITIONS] : CONDITIONS },
    build: { write: false },
  })) as Rolldown.RolldownOutput;
  return bundleOf(built.output);
}
