export type { WitPluginOptions } from './options.ts';
export { witPlugin } from './plugin.ts';
