import { compileHostEngine } from '@wit-ts/abi/compile/host';
import { provideHostEngine } from './host-engine.ts';

provideHostEngine(compileHostEngine);

/** True, because the engine is loaded together with the runtime. */
export const isLoadedAtOnce = true;
