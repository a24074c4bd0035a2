export { wasi } from './imports.ts';
export { run, type RunOptions } from './run/run.ts';
export type { ProgramSource } from './run/program-source.ts';
export { NotRunnableError } from './run/program-kind.ts';
export { instantiateWithGrants, type InstanceWithGrants } from './run/instantiate-with-grants.ts';
export { runInWorker, type WorkerOptions } from './worker/run-in-worker.ts';
export { TimeoutError } from './worker/timeout-error.ts';
export { Exit, exitOf } from './system/exit.ts';
export { FileError, type FileErrorCode, type FileRefusal } from './files/file-error.ts';
export { memoryDirectory } from './files/memory/open-memory-directory.ts';
export { opfsDirectory, type OpfsDirectory } from './files/opfs/opfs-directory.ts';
export type { DirectoryHandle, FileHandle } from './files/opfs/directory-handle.ts';
export type { MemoryOptions } from './files/memory/memory-volume.ts';
export {
  type FileTree,
  readTree,
  type ReadFileTree,
  SymbolicLink,
  writeTree,
} from './files/memory/file-tree.ts';
export type { Descriptor, DirectoryDescriptor, FileDescriptor, PathOpening } from './files/descriptor.ts';
export type {
  OpenDirectory,
  DirectoryEntry,
  OpenFile,
  FileOpening,
  NodeStat,
  NodeTimes,
  NodeType,
} from './files/node.ts';
export type { ClockGrant, DirectoryGrant, Grants, InputGrant, OutputGrant, WasiLimits } from './grants.ts';
export { refusalText, type Refusal } from './refusal.ts';
export { callText, type CallOutcome, type UsedGrant, type WasiCall } from './calls/wasi-call.ts';
export type { ShownValue } from './calls/shown-value.ts';
export type { ByteSink, ByteSource } from './system/byte-streams.ts';
export type { Clocks, Preopen, System } from './system/system.ts';
export type { NetworkGrants } from './system/network-grants.ts';
