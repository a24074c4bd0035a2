import { createEsbuildPlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for esbuild. */
export default createEsbuildPlugin(witPlugin);
