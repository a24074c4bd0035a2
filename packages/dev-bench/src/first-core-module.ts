import { wasmSections } from '@wit-ts/dev-support/wasm-sections';

const CORE_MODULE_SECTION = 1;

/**
 * Returns the first core module of a component. In components made by wasm-tools this is the guest itself, so glue by
 * hand can instantiate it without the rest of the component. Throws an Error when there is no core module.
 */
export function firstCoreModule(component: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const section = wasmSections(component).find(({ id }) => id === CORE_MODULE_SECTION);
  if (section === undefined) throw new Error('the component contains no core module');
  return section.content;
}
