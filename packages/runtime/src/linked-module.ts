/** For the static modules of components that import or export components, and for what writes them. */
export { linkableComponent } from './linked/linkable-component.ts';
export { linkedLimits } from './linked/linked-limits.ts';
export { linkedModule } from './linked/linked-module.ts';
export { linkedTasks } from './linked/linked-tasks.ts';
export { Component } from './compiled-component.ts';
