import { createRollupPlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for Rollup. */
export default createRollupPlugin(witPlugin);
