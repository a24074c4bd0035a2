import { createRspackPlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for Rspack. */
export default createRspackPlugin(witPlugin);
