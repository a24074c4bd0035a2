import type { DirectoryDescriptor, FileDescriptor } from '../../files/descriptor.ts';
import type { MetadataHash } from '../../files/metadata-hash.ts';
import type { NodeStat, NodeType } from '../../files/node.ts';
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
import type { Wasi2Host } from '../host.ts';
import type { InputStream } from '../io/input-stream.ts';
import type { OutputStream } from '../io/output-stream.ts';
import { type DescriptorStat, descriptorStat, type NewTimestamp, nodeTimes } from './descriptor-stat.ts';
import { DirectoryEntryStream } from './directory-entry-stream.ts';
import { attempt } from './error-code.ts';
import { FileSink, FileSource } from './file-streams.ts';
import { SharedDescriptor } from '../../files/shared-descriptor.ts';

/** `descriptor` of `wasi:filesystem/types`: an open file or directory. */
export class Descriptor {
  readonly #host: Wasi2Host;
  readonly #shared: SharedDescriptor;
  readonly #release: () => void;

  constructor(shared: SharedDescriptor, host: Wasi2Host) {
    this.#host = host;
    this.#shared = shared;
    this.#release = shared.use();
  }

  readViaStream(offset: bigint): InputStream {
    return attempt(this.#host, 'read-via-stream', () => {
      const source = new FileSource(this.#readable(), this.#shared, positionOf(offset));
      return this.#host.io.inputStream(source);
    });
  }

  writeViaStream(offset: bigint): OutputStream {
    return attempt(this.#host, 'write-via-stream', () => {
      const sink = new FileSink(this.#writable(), this.#shared, positionOf(offset));
      return this.#host.io.outputStream(sink);
    });
  }

  appendViaStream(): OutputStream {
    return attempt(this.#host, 'append-via-stream', () =>
      this.#host.io.outputStream(new FileSink(this.#writable(), this.#shared, 'end')),
    );
  }

  /** Node has no way to pass advice on. It changes nothing that a program can see. */
  advise(_offset: bigint, _length: bigint, _advice: string): void {
    attempt(this.#host, 'advise', () => this.#file());
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

  getType(): NodeType {
    const { descriptor } = this.#shared;
    if (descriptor.kind === 'directory') return 'directory';
    return attempt(this.#host, 'get-type', () => descriptor.stat().type);
  }

  setSize(size: bigint): void {
    attempt(this.#host, 'set-size', () => this.#writable().setSize(positionOf(size)));
  }

  setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    attempt(this.#host, 'set-times', () => this.#shared.descriptor.setTimes(nodeTimes(accessed, modified)));
  }

  read(length: bigint, offset: bigint): [Uint8Array<ArrayBuffer>, endOfFile: boolean] {
    return attempt(this.#host, 'read', () => {
      const file = this.#readable();
      const most = this.#host.system.limits.bytesPerCall;
      const bytes = new Uint8Array(length > most ? most : Number(length));
      const count = file.read(bytes, positionOf(offset));
      return [count === bytes.length ? bytes : bytes.subarray(0, count), count === 0 && bytes.length > 0];
    });
  }

  write(buffer: Uint8Array, offset: bigint): bigint {
    return attempt(this.#host, 'write', () => BigInt(this.#writable().write(buffer, positionOf(offset))));
  }

  readDirectory(): DirectoryEntryStream {
    return attempt(this.#host, 'read-directory', () => new DirectoryEntryStream(this.#directory().entries()));
  }

  createDirectoryAt(path: string): void {
    attempt(this.#host, 'create-directory-at', () => this.#directory().makeDirectoryAt(path));
  }

  stat(): DescriptorStat {
    return attempt(this.#host, 'stat', () => descriptorStat(this.#shared.descriptor.stat()));
  }

  statAt(flags: PathFlags, path: string): DescriptorStat {
    return attempt(this.#host, 'stat-at', () => descriptorStat(this.#statAt(flags, path)));
  }

  setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
    attempt(this.#host, 'set-times-at', () => {
      const times = nodeTimes(accessed, modified);
      this.#directory().setTimesAt(path, isFollowing(flags), times);
    });
  }

  linkAt(flags: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    attempt(this.#host, 'link-at', () => {
      const follow = isFollowing(flags);
      this.#directory().linkAt(oldPath, follow, to.#directory(), newPath);
    });
  }

  openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
    return attempt(this.#host, 'open-at', () => {
      const opened = this.#directory().openAt(path, pathOpening(pathFlags, openFlags, flags));
      return new Descriptor(new SharedDescriptor(opened), this.#host);
    });
  }

  readlinkAt(path: string): string {
    return attempt(this.#host, 'readlink-at', () => this.#directory().readLinkAt(path));
  }

  removeDirectoryAt(path: string): void {
    attempt(this.#host, 'remove-directory-at', () => this.#directory().removeDirectoryAt(path));
  }

  renameAt(oldPath: string, to: Descriptor, newPath: string): void {
    attempt(this.#host, 'rename-at', () => this.#directory().renameAt(oldPath, to.#directory(), newPath));
  }

  symlinkAt(target: string, path: string): void {
    attempt(this.#host, 'symlink-at', () => this.#directory().symlinkAt(target, path));
  }

  unlinkFileAt(path: string): void {
    attempt(this.#host, 'unlink-file-at', () => this.#directory().unlinkFileAt(path));
  }

  isSameObject(other: Descriptor): boolean {
    return isSameObject(this.#shared.descriptor, other.#shared.descriptor);
  }

  metadataHash(): MetadataHash {
    return attempt(this.#host, 'metadata-hash', () =>
      this.#host.system.metadataHash(this.#shared.descriptor.stat()),
    );
  }

  metadataHashAt(flags: PathFlags, path: string): MetadataHash {
    return attempt(this.#host, 'metadata-hash-at', () =>
      this.#host.system.metadataHash(this.#statAt(flags, path)),
    );
  }

  [Symbol.dispose](): void {
    this.#release();
  }

  #statAt(flags: PathFlags, path: string): NodeStat {
    return this.#directory().statAt(path, isFollowing(flags));
  }

  #sync(func: string, withMetadata: boolean): void {
    const { descriptor } = this.#shared;
    if (mayChange(descriptor)) attempt(this.#host, func, () => descriptor.sync(withMetadata));
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
