import { createVitePlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for Vite. */
export default createVitePlugin(witPlugin);
