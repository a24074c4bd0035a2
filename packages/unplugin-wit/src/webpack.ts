import { createWebpackPlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for webpack. */
export default createWebpackPlugin(witPlugin);
