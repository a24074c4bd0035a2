/** What components need that have tasks, streams or futures. */
export { ComponentTasks, type TaskOptions } from './component-tasks.ts';
export { TaskCode } from './task-code.ts';
export { taskParts } from './task-parts.ts';
export { taskWirer } from './task-wirer.ts';
