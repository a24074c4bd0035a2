import {
  type DirectoryHandle,
  instantiateWithGrants,
  opfsDirectory,
  readTree,
  writeTree,
} from '@wit-ts/wasi';
import { equal, throws } from '../../expect.ts';
import type { CaseContext } from '../../platform-case.ts';
import { hasThreads } from '../../platform-features.ts';
import { hasEnded, runGranted } from './run-granted.ts';
import { wasiGroup, type WasiCase } from './wasi-group.ts';

/** What `opfs-worker.js` is asked to do: to run a program over a directory of the browser, and to save it. */
export interface OpfsRun {
  readonly directory: string;
  readonly program: Uint8Array<ArrayBuffer>;
  readonly args: readonly string[];
}

/** Runs something with a directory of the browser that is empty before and gone after. */
async function withDirectory(
  run: (handle: FileSystemDirectoryHandle, name: string) => Promise<void>,
): Promise<void> {
  const root = await navigator.storage.getDirectory();
  const name = `case-${crypto.randomUUID()}`;
  try {
    await run(await root.getDirectoryHandle(name, { create: true }), name);
  } finally {
    await root.removeEntry(name, { recursive: true });
  }
}

async function textIn(handle: FileSystemDirectoryHandle, name: string): Promise<string> {
  return (await (await handle.getFileHandle(name)).getFile()).text();
}

/** Runs a program in a worker of its own, which is terminated after that. Returns what the program printed. */
async function inWorker(message: OpfsRun): Promise<string> {
  const worker = new Worker(new URL('./opfs-worker.js', location.href), { type: 'module' });
  try {
    return await new Promise((resolve, reject) => {
      worker.addEventListener('message', ({ data }: MessageEvent<string>) => resolve(data));
      worker.addEventListener('error', (event) => reject(new Error(event.message)));
      worker.postMessage(message);
    });
  } finally {
    worker.terminate();
  }
}

/** Some exports of `test-components/wasi3`. */
interface Files3 {
  writeFile(path: string, text: string, offset: bigint, append: boolean): Promise<void>;
}

const inThisThread: readonly WasiCase[] = [
  {
    name: 'a program reads and writes files, which are there when they are saved',
    run: (context) =>
      withDirectory(async (handle) => {
        const writing = await opfsDirectory(handle);
        const grants = { exit: true, dirs: [{ host: writing, guest: '/', write: true }] };
        hasEnded(await runGranted(context, 'hello-write', grants), {
          end: 0,
          out: 'done: wrote output.txt\n',
        });
        await throws(() => textIn(handle, 'output.txt'), 'NotFoundError', /./u);
        await writing.save();
        const text = await textIn(handle, 'output.txt');
        const reading = {
          dirs: [{ host: await opfsDirectory(handle), guest: '/' }],
          args: ['r', 'output.txt'],
        };
        hasEnded(await runGranted(context, 'read-file', reading), {
          end: 0,
          out: `WASM Read: ${text.trimEnd()}\n`,
        });
      }),
  },
  {
    name: 'a directory that is granted for reading is not written',
    run: (context) =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(handle);
        const run = await runGranted(context, 'hello-write', { exit: true, dirs: [{ host, guest: '/' }] });
        hasEnded(run, { end: 1, refused: ['/output.txt'] });
        await host.save();
        equal(readTree(await opfsDirectory(handle)), {});
      }),
  },
  {
    name: 'a component of 0.3 is saved while it runs',
    run: (context) =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(handle);
        const { exports, close } = await instantiateWithGrants<Files3>(await context.component('wasi3'), {
          dirs: [{ host, guest: '/', write: true }],
        });
        await exports.writeFile('a', 'first', 0n, false);
        await host.save();
        equal(await textIn(handle, 'a'), 'first');
        await exports.writeFile('a', ' second', 0n, true);
        await host.save();
        equal(await textIn(handle, 'a'), 'first second');
        close();
      }),
  },
  {
    name: 'names, moves and removals are those of the copy in memory',
    run: () =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(handle);
        const names = [
          ' a ',
          'a.',
          '.hidden',
          '...',
          'CON',
          'a:b*?',
          'a\n',
          'é',
          'e\u0301',
          '😀',
          '__proto__',
        ];
        const files = Object.fromEntries([...names, 'n'.repeat(255)].map((name) => [name, name]));
        writeTree(host, { in: { ...files, deep: { er: { file: 'x' } } }, gone: { a: '' }, kind: 'file' });
        await host.save();
        equal(sorted(readTree(await opfsDirectory(handle))), sorted(readTree(host)));
        host.rename('in', host, 'moved');
        host.openDirectory('gone').unlinkFile('a');
        host.removeDirectory('gone');
        host.unlinkFile('kind');
        host.makeDirectory('kind');
        await host.save();
        equal(sorted(readTree(await opfsDirectory(handle))), sorted(readTree(host)));
        await throws(async () => writeTree(host, { 'a\\b': '' }), 'FileError', /such a name/u);
        await throws(async () => host.makeSymbolicLink('kind', 'link'), 'FileError', /has no links/u);
        await throws(() => handle.getFileHandle('a\\b', { create: true }), 'TypeError', /./u);
      }),
  },
  {
    name: 'a directory that exceeds the limits is refused, and one that is not there is an error',
    run: () =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(handle);
        writeTree(host, { a: 'four' });
        await host.save();
        await throws(
          () => opfsDirectory(handle, { bytes: 3 }),
          'FileError',
          /^cannot read "a": only 3 bytes/u,
        );
        const inner = await handle.getDirectoryHandle('inner', { create: true });
        await handle.removeEntry('inner');
        await throws(() => opfsDirectory(inner), 'FileError', /^cannot list ""/u);
      }),
  },
];

const inWorkers: readonly WasiCase[] = [
  {
    name: 'what one worker has saved is there in the next one',
    run: (context: CaseContext) =>
      withDirectory(async (_, directory) => {
        const runs = [['hello-write'], ['read-file', 'output.txt']] as const;
        const printed: string[] = [];
        for (const args of runs) {
          const { bytes: program } = await context.source(args[0]);
          printed.push(await inWorker({ directory, program, args }));
        }
        equal(printed, ['done: wrote output.txt\n', 'WASM Read: Hello from WebAssembly!\n']);
      }),
  },
];

/** The handle of a file in a dedicated worker, which the declarations of pages do not have. */
interface WorkerFileHandle extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<SyncAccess>;
}

interface SyncAccess {
  truncate(size: number): void;
  write(bytes: Uint8Array): number;
  flush(): void;
  close(): void;
}

/** The handle of a directory as browsers have it that cannot replace a file at once. */
function withoutWritable(handle: FileSystemDirectoryHandle): DirectoryHandle {
  return {
    kind: 'directory',
    entries: () => handle.entries(),
    getDirectoryHandle: async (name, options) =>
      withoutWritable(await handle.getDirectoryHandle(name, options)),
    getFileHandle: async (name, options) => {
      const file = (await handle.getFileHandle(name, options)) as WorkerFileHandle;
      return {
        kind: 'file',
        getFile: () => file.getFile(),
        createSyncAccessHandle: () => file.createSyncAccessHandle(),
      };
    },
    removeEntry: (name, options) => handle.removeEntry(name, options),
  };
}

/** Only dedicated workers can write into files without a stream, and hold them open. */
const inDedicatedWorkers: readonly WasiCase[] = [
  {
    name: 'files are written by browsers that cannot replace them at once',
    run: () =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(withoutWritable(handle));
        writeTree(host, { a: 'long text', in: { b: '' } });
        await host.save();
        host.unlinkFile('a');
        writeTree(host, { a: 'short' });
        await host.save();
        equal(sorted(readTree(await opfsDirectory(handle))), sorted(readTree(host)));
      }),
  },
  {
    name: 'a file that is open elsewhere is busy, and is saved next time',
    run: () =>
      withDirectory(async (handle) => {
        const host = await opfsDirectory(handle);
        writeTree(host, { a: 'a', b: 'b' });
        const file = (await handle.getFileHandle('a', { create: true })) as WorkerFileHandle;
        const open = await file.createSyncAccessHandle();
        const busy = await throws(() => host.save(), 'FileError', /^cannot write "a": /u);
        equal(busy['code'], 'busy');
        equal(await textIn(handle, 'b'), 'b');
        open.close();
        await host.save();
        equal(await textIn(handle, 'a'), 'a');
      }),
  },
];

/** Directories are compared by their names, in whichever order they are. */
function sorted(tree: object): object {
  const entries = Object.entries(tree).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, value instanceof Uint8Array ? value : sorted(value as object)]),
  );
}

/** Only browsers have this file system. */
export const opfs = wasiGroup('Origin Private File System', [
  ...(hasOpfs() ? inThisThread : []),
  ...(hasOpfs() && hasThreads() ? inWorkers : []),
  ...(hasOpfs() && 'FileSystemSyncAccessHandle' in globalThis ? inDedicatedWorkers : []),
]);

function hasOpfs(): boolean {
  const { navigator } = globalThis as { navigator?: { storage?: { getDirectory?: unknown } } };
  return navigator?.storage?.getDirectory !== undefined;
}
