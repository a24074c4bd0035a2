/** The module of the worker for programs with a time limit. The built package has it beside its own code. */
// oxlint-disable-next-line import/no-unassigned-import -- the module itself is what the worker runs
import '@wit-ts/wasi/run-worker';
