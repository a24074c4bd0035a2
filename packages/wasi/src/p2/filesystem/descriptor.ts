import type {
  Descriptor as OpenDescriptor,
  DirectoryDescriptor,
  FileDescriptor,
} from '../../files/descriptor.ts';
import { FileError } from '../../files/file-error.ts';
import type { MetadataHash } from '../../files/metadata-hash.ts';
import type { NodeStat, NodeType } from '../../files/node.ts';
import type { Wasi2Host } from '../host.ts';
import type { InputStream } from '../io/input-stream.ts';
import type { OutputStream } from '../io/output-stream.ts';
import { type DescriptorStat, descriptorStat, type NewTimestamp, nodeTimes } from './descriptor-stat.ts';
import { DirectoryEntryStream } from './directory-entry-stream.ts';
import { attempt } from './error-code.ts';
import { positionOf } from './file-size.ts';
import { FileSink, FileSource } from './file-streams.ts';
import { HeldDescriptor } from './held-descriptor.ts';

/** `path-flags` of `wasi:filesystem/types`. */
interface PathFlags {
  readonly symlinkFollow?: boolean;
}

/** `open-flags` of `wasi:filesystem/types`. */
interface OpenFlags {
  readonly create?: boolean;
  readonly directory?: boolean;
  readonly exclusive?: boolean;
  readonly truncate?: boolean;
}

/** `descriptor-flags` of `wasi:filesystem/types`. */
interface DescriptorFlags {
  read?: boolean;
  write?: boolean;
  fileIntegritySync?: boolean;
  dataIntegritySync?: boolean;
  requestedWriteSync?: boolean;
  mutateDirectory?: boolean;
}

/** `descriptor` of `wasi:filesystem/types`: an open file or directory. */
export class Descriptor {
  readonly #host: Wasi2Host;
  readonly #held: HeldDescriptor;

  constructor(held: HeldDescriptor, host: Wasi2Host) {
    this.#held = held;
    this.#host = host;
    held.hold();
  }

  readViaStream(offset: bigint): InputStream {
    return attempt(this.#host, 'read-via-stream', () => {
      const source = new FileSource(this.#readable(), this.#held, positionOf(offset));
      return this.#host.io.inputStream(source);
    });
  }

  writeViaStream(offset: bigint): OutputStream {
    return attempt(this.#host, 'write-via-stream', () => {
      const sink = new FileSink(this.#writable(), this.#held, positionOf(offset));
      return this.#host.io.outputStream(sink);
    });
  }

  appendViaStream(): OutputStream {
    return attempt(this.#host, 'append-via-stream', () =>
      this.#host.io.outputStream(new FileSink(this.#writable(), this.#held, 'end')),
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
    const { descriptor } = this.#held;
    return descriptor.kind === 'file'
      ? { read: descriptor.mayRead, write: descriptor.mayWrite }
      : { read: true, mutateDirectory: descriptor.mayMutate };
  }

  getType(): NodeType {
    const { descriptor } = this.#held;
    if (descriptor.kind === 'directory') return 'directory';
    return attempt(this.#host, 'get-type', () => descriptor.stat().type);
  }

  setSize(size: bigint): void {
    attempt(this.#host, 'set-size', () => this.#writable().setSize(positionOf(size)));
  }

  setTimes(accessed: NewTimestamp, modified: NewTimestamp): void {
    attempt(this.#host, 'set-times', () => this.#held.descriptor.setTimes(nodeTimes(accessed, modified)));
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
    return attempt(this.#host, 'stat', () => descriptorStat(this.#held.descriptor.stat()));
  }

  statAt(flags: PathFlags, path: string): DescriptorStat {
    return attempt(this.#host, 'stat-at', () => descriptorStat(this.#statAt(flags, path)));
  }

  setTimesAt(flags: PathFlags, path: string, accessed: NewTimestamp, modified: NewTimestamp): void {
    attempt(this.#host, 'set-times-at', () => {
      const times = nodeTimes(accessed, modified);
      this.#directory().setTimesAt(path, flags.symlinkFollow === true, times);
    });
  }

  linkAt(flags: PathFlags, oldPath: string, to: Descriptor, newPath: string): void {
    attempt(this.#host, 'link-at', () => {
      const follow = flags.symlinkFollow === true;
      this.#directory().linkAt(oldPath, follow, to.#directory(), newPath);
    });
  }

  openAt(pathFlags: PathFlags, path: string, openFlags: OpenFlags, flags: DescriptorFlags): Descriptor {
    return attempt(this.#host, 'open-at', () => {
      const { fileIntegritySync, dataIntegritySync, requestedWriteSync } = flags;
      // Node cannot change how a file is written after a look at what it is, so that these are not kept.
      if (fileIntegritySync === true || dataIntegritySync === true || requestedWriteSync === true)
        throw new FileError('unsupported');
      const opened = this.#directory().openAt(path, {
        follow: pathFlags.symlinkFollow === true,
        create: openFlags.create === true,
        directory: openFlags.directory === true,
        exclusive: openFlags.exclusive === true,
        truncate: openFlags.truncate === true,
        read: flags.read === true,
        write: flags.write === true,
        mutate: flags.mutateDirectory === true,
      });
      return new Descriptor(new HeldDescriptor(opened), this.#host);
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

  /** The function has no error: descriptors whose nodes cannot be read are the same only if they are one. */
  isSameObject(other: Descriptor): boolean {
    if (other.#held.descriptor === this.#held.descriptor) return true;
    try {
      const [a, b] = [this.#held.descriptor.stat(), other.#held.descriptor.stat()];
      return a.device === b.device && a.inode === b.inode;
    } catch (error) {
      if (error instanceof FileError) return false;
      throw error;
    }
  }

  metadataHash(): MetadataHash {
    return attempt(this.#host, 'metadata-hash', () =>
      this.#host.system.metadataHash(this.#held.descriptor.stat()),
    );
  }

  metadataHashAt(flags: PathFlags, path: string): MetadataHash {
    return attempt(this.#host, 'metadata-hash-at', () =>
      this.#host.system.metadataHash(this.#statAt(flags, path)),
    );
  }

  [Symbol.dispose](): void {
    this.#held.release();
  }

  #statAt(flags: PathFlags, path: string): NodeStat {
    return this.#directory().statAt(path, flags.symlinkFollow === true);
  }

  #sync(func: string, withMetadata: boolean): void {
    const { descriptor } = this.#held;
    // The specification: no effect without the right to write.
    if (mayChange(descriptor)) attempt(this.#host, func, () => descriptor.sync(withMetadata));
  }

  #file(): FileDescriptor {
    const { descriptor } = this.#held;
    if (descriptor.kind === 'directory')
      throw new FileError('bad-descriptor', 'the descriptor is a directory');
    return descriptor;
  }

  #readable(): FileDescriptor {
    const file = this.#file();
    if (!file.mayRead) throw new FileError('bad-descriptor', 'the file was opened without the right to read');
    return file;
  }

  #writable(): FileDescriptor {
    const file = this.#file();
    if (!file.mayWrite)
      throw new FileError('bad-descriptor', 'the file was opened without the right to write');
    return file;
  }

  #directory(): DirectoryDescriptor {
    const { descriptor } = this.#held;
    if (descriptor.kind === 'file') throw new FileError('not-directory', 'the descriptor is a file');
    return descriptor;
  }
}

function mayChange(descriptor: OpenDescriptor): boolean {
  return descriptor.kind === 'file' ? descriptor.mayWrite : descriptor.mayMutate;
}
