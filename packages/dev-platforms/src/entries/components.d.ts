/**
 * The components by name, each with its core modules and those for suspended stacks. The runner for workerd writes this
 * module.
 */
declare const components: Readonly<
  Record<
    string,
    {
      readonly bytes: ArrayBuffer;
      readonly modules: readonly WebAssembly.Module[];
      readonly stacks: readonly WebAssembly.Module[];
    }
  >
>;
export default components;
