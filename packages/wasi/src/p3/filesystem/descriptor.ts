import type { FutureSource, Stream, StreamSource } from '@wit-ts/runtime';
import type { DirectoryDescriptor, FileDescriptor } from '../../files/descriptor.ts';
import {
  type DescriptorFlags,
  descriptorFlags,
  isFollowing,
  type OpenFlags,
  type PathFlags,
  pathOpening,
} from '../../files/open-flags.ts';
import {
  isSameObject,
  mayChange,
  positionOf,
  readableFile,
  requiredDirectory,
  requiredFile,
  writableFile,
} from '../../files/required-descriptor.ts';
import { drainStream } from '../streams/drain-stream.ts';
import { SourceStream } from '../streams/source-stream.ts';
import {
  type FileStat,
  fileStat,
  type DescriptorType,
  descriptorType,
  type NewTime,
  changedTimes,
} from './file-stat.ts';
import type { FileErrorCase } from './error-code.ts';
import { fileSink, fileSource } from './file-streams.ts';
import type { FilesystemContext } from './filesystem-context.ts';
import { SharedDescriptor } from '../../files/shared-descriptor.ts';

type FileFuture = FutureSource<void, FileErrorCase>;

interface DirectoryEntry {
  readonly type: DescriptorType;
  readonly name: string;
}

/**
 * `descriptor` of `wasi:filesystem/types`: an open file or directory. Its functions are asynchronous in WIT and answer
 * at once, because the host's file system is synchronous.
 */
export class Descriptor {
  readonly #context: FilesystemContext;
  readonly #shared: SharedDescriptor;
  readonly #release: () => void;

  constructor(context: FilesystemContext, shared: SharedDescriptor) {
    this.#context = context;
    this.#shared = shared;
    this.#release = shared.use();
  }

  readViaStream(offset: bigint): readonly [StreamSource<number>, FileFuture] {
    const outcome = this.#context.outcome('read-via-stream');
    try {
      const source = fileSource(this.#readable(), positionOf(offset));
      const stream = new SourceStream(source, outcome, this.#context.bytesPerCall, this.#shared.use());
      return [stream, outcome.promise];
    } catch (cause) {
      outcome.fail(cause);
      return [[], outcome.promise];
    }
  }

  writeViaStream(data: Stream<number, Uint8Array>, offset: bigint): FileFuture {
    return this.#writing(data, 'write-via-stream', () => positionOf(offset));
  }

  appendViaStream(data: Stream<number, Uint8Array>): FileFuture {
    return this.#writing(data, 'append-via-stream', () => 'end');
  }

  /** The platform has no way to pass advice on, and it changes nothing that a program can see. */
  advise(_offset: bigint, _length: bigint, _advice: string): void {
    this.#attempt('advise', () => this.#file());
  }

  syncData(): void {
    this.#sync('sync-data', false);
  }

  sync(): void {
    this.#sync('sync', true);
  }

  getFlags(): DescriptorFlags {
    return descriptorFlags(this.#shared.descriptor);
  }

  getType(): DescriptorType {
    const { descriptor } = this.#shared;
    return this.#attempt('get-type', () =>
      descriptor.kind === 'directory' ? { tag: 'directory' } : descriptorType(descriptor.stat().type),
    );
  }

  setSize(size: bigint): void {
    this.#attempt('set-size', () => this.#writable().setSize(positionOf(size)));
  }

  setTimes(accessed: NewTime, modified: NewTime): void {
    this.#attempt('set-times', () => this.#shared.descriptor.setTimes(changedTimes(accessed, modified)));
  }

  readDirectory(): readonly [StreamSource<DirectoryEntry>, FileFuture] {
    const outcome = this.#context.outcome('read-directory');
    try {
      const entries = this.#directory().entries();
      outcome.succeed();
      return [entries.map(({ name, type }) => ({ type: descriptorType(type), name })), outcome.promise];
    } catch (cause) {
      outcome.fail(cause);
      return [[], outcome.promise];
    }
  }

  createDirectoryAt(path: string): void {
    this.#attempt('create-directory-at', () => this.#directory().makeDirectoryAt(path));
  }

  stat(): FileStat {
    return this.#attempt('stat', () => fileStat(this.#shared.descriptor.stat()));
  }

  statAt(flags: PathFlags, path: string): FileStat {
    return this.#attempt('stat-at', () => fileStat(this.#directory().statAt(path, isFollowing(flags))));
  }

  setTimesAt(flags: PathFlags, path: string, accessed: NewTime, modified: NewTime): void {
    this.#attempt('set-times-at', () =>
      this.#directory().setTimesAt(path, isFollowing(flags), changedTimes(accessed, modified)),
    );
  }

  linkAt(flags: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    this.#attempt('link-at', () =>
      this.#directory().linkAt(oldPath, isFollowing(flags), to.#directory(), newPath),
    );
  }

  openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
    return this.#attempt('open-at', () => {
      const opened = this.#directory().openAt(path, pathOpening(pathFlags, openFlags, flags));
      return new Descriptor(this.#context, new SharedDescriptor(opened));
    });
  }

  readlinkAt(path: string): string {
    return this.#attempt('readlink-at', () => this.#directory().readLinkAt(path));
  }

  removeDirectoryAt(path: string): void {
    this.#attempt('remove-directory-at', () => this.#directory().removeDirectoryAt(path));
  }

  renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    this.#attempt('rename-at', () => this.#directory().renameAt(oldPath, to.#directory(), newPath));
  }

  symlinkAt(target: string, path: string): void {
    this.#attempt('symlink-at', () => this.#directory().symlinkAt(target, path));
  }

  unlinkFileAt(path: string): void {
    this.#attempt('unlink-file-at', () => this.#directory().unlinkFileAt(path));
  }

  isSameObject(other: Descriptor): boolean {
    return isSameObject(this.#shared.descriptor, other.#shared.descriptor);
  }

  metadataHash(): { lower: bigint; upper: bigint } {
    return this.#attempt('metadata-hash', () => this.#context.metadataHash(this.#shared.descriptor.stat()));
  }

  metadataHashAt(flags: PathFlags, path: string): { lower: bigint; upper: bigint } {
    return this.#attempt('metadata-hash-at', () =>
      this.#context.metadataHash(this.#directory().statAt(path, isFollowing(flags))),
    );
  }

  [Symbol.dispose](): void {
    this.#release();
  }

  #writing(data: Stream<number, Uint8Array>, func: string, start: () => number | 'end'): FileFuture {
    const outcome = this.#context.outcome(func);
    try {
      const sink = fileSink(this.#writable(), start());
      const release = this.#shared.use();
      drainStream(data, sink)
        .finally(release)
        .then(
          () => outcome.succeed(),
          (cause: unknown) => outcome.fail(cause),
        );
    } catch (cause) {
      data[Symbol.dispose]();
      outcome.fail(cause);
    }
    return outcome.promise;
  }

  #attempt<T>(func: string, operation: () => T): T {
    return this.#context.attempt(func, operation);
  }

  #sync(func: string, withMetadata: boolean): void {
    const { descriptor } = this.#shared;
    if (mayChange(descriptor)) this.#attempt(func, () => descriptor.sync(withMetadata));
  }

  #file(): FileDescriptor {
    return requiredFile(this.#shared.descriptor);
  }

  #readable(): FileDescriptor {
    return readableFile(this.#shared.descriptor);
  }

  #writable(): FileDescriptor {
    return writableFile(this.#shared.descriptor);
  }

  #directory(): DirectoryDescriptor {
    return requiredDirectory(this.#shared.descriptor);
  }
}
