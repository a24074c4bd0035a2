import { createRolldownPlugin } from 'unplugin';
import { witPlugin } from './plugin.ts';

/** The plugin for Rolldown. */
export default createRolldownPlugin(witPlugin);
