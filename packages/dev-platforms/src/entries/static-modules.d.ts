/** The components as static modules, by name. The modules of each platform are written when the cases are prepared. */
declare module '*static-modules.node.js' {
  const modules: Readonly<Record<string, import('../suite/static-context.ts').StaticModule>>;
  export default modules;
}

declare module '*static-modules.browser.js' {
  export { default } from '*static-modules.node.js';
}

declare module '*static-modules.worker.js' {
  export { default } from '*static-modules.node.js';
}

declare module '*static-modules.workerd.js' {
  export { default } from '*static-modules.node.js';
}
