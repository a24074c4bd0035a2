/**
 * The parts of a `FileSystemDirectoryHandle` that are used (File System Standard, section 2.6). They are declared here
 * because not every program is compiled with the declarations of browsers.
 */
export interface DirectoryHandle {
  readonly kind: 'directory';
  /** Names with their handles, which the declarations of browsers do not tell apart. */
  entries(): AsyncIterable<[string, { readonly kind: 'directory' | 'file' }]>;
  getDirectoryHandle(name: string, options?: { readonly create?: boolean }): Promise<DirectoryHandle>;
  getFileHandle(name: string, options?: { readonly create?: boolean }): Promise<FileHandle>;
  removeEntry(name: string, options?: { readonly recursive?: boolean }): Promise<void>;
}

/** The parts of a `FileSystemFileHandle` that are used. */
export interface FileHandle {
  readonly kind: 'file';
  getFile(): Promise<Blob & { readonly lastModified: number }>;
  /** Absent in older browsers. */
  createWritable?(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
    close(): Promise<void>;
    abort(): Promise<void>;
  }>;
  /** Only in dedicated workers. */
  createSyncAccessHandle?(): Promise<{
    truncate(size: number): void;
    write(bytes: Uint8Array<ArrayBuffer>): number;
    flush(): void;
    close(): void;
  }>;
}
