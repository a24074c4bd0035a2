import { mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Trap } from '@wit-ts/runtime';
import { describe, expect, it } from 'vitest';
import { payloadOf } from '../../fixtures/error-payload.ts';
import { hostFolders } from '../../fixtures/host-folders.ts';
import { filesOfWasi2, open, openNew } from '../../fixtures/wasi2-files.ts';
import type { InputStream } from '../io/input-stream.ts';

const newFolder = hostFolders();
const utf8 = new TextEncoder();

/** Reads a stream to its end, in steps. */
function readToEnd(stream: InputStream, step = 1000n): Uint8Array {
  const all: number[] = [];
  for (;;) {
    try {
      all.push(...stream.blockingRead(step));
    } catch (error) {
      if (
        payloadOf(() => {
          throw error;
        })
      )
        return Uint8Array.from(all);
    }
  }
}

/** A folder with a file of bytes that show their position. */
function folderWith(length: number): { host: string; bytes: Uint8Array } {
  const host = newFolder();
  const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
  writeFileSync(join(host, 'file'), bytes);
  return { host, bytes };
}

describe('a file', () => {
  it('is read at any position, with its end', () => {
    const { host, bytes } = folderWith(10_000);
    const file = open(filesOfWasi2(host).data, 'file');
    expect(file.read(4096n, 0n)).toEqual([bytes.slice(0, 4096), false]);
    expect(file.read(4096n, 9000n)).toEqual([bytes.slice(9000), false]);
    expect(file.read(4096n, 10_000n)).toEqual([new Uint8Array(), true]);
    expect(file.read(4096n, 2n ** 62n)).toEqual([new Uint8Array(), true]);
    expect(file.read(0n, 0n)).toEqual([new Uint8Array(), false]);
    expect(payloadOf(() => file.read(1n, 2n ** 63n))).toBe('invalid');
  });

  it('gives no more than the limit of a call, however much the program asks for', () => {
    const { host } = folderWith(100_000);
    const { data } = filesOfWasi2(host, { limits: { bytesPerCall: 50_000 } });
    const file = open(data, 'file');
    expect([2n ** 33n, 2n ** 64n - 1n].map((length) => file.read(length, 0n)[0].length)).toEqual([
      50_000, 50_000,
    ]);
  });

  it('is written at any position, also behind its end', () => {
    const host = newFolder();
    const file = openNew(filesOfWasi2(host).data, 'file');
    expect(file.write(utf8.encode('abc'), 0n)).toBe(3n);
    expect(file.write(utf8.encode('x'), 5n)).toBe(1n);
    expect(readFileSync(join(host, 'file'), 'latin1')).toBe('abc\0\0x');
    expect(payloadOf(() => file.write(utf8.encode('x'), 2n ** 62n))).toBe('file-too-large');
    expect(payloadOf(() => file.write(utf8.encode('x'), 2n ** 63n))).toBe('invalid');
    file.setSize(2n);
    file.setSize(4n);
    expect(readFileSync(join(host, 'file'), 'latin1')).toBe('ab\0\0');
  });

  it('refuses what its flags do not have', () => {
    const { host } = folderWith(10);
    const { data } = filesOfWasi2(host);
    const [reader, writer] = [open(data, 'file'), open(data, 'file', { read: false, write: true })];
    expect(reader.getFlags()).toEqual({ read: true, write: false });
    expect(writer.getFlags()).toEqual({ read: false, write: true });
    const failures = [
      () => reader.write(Uint8Array.of(1), 0n),
      () => reader.writeViaStream(0n),
      () => reader.appendViaStream(),
      () => reader.setSize(0n),
      () => writer.read(1n, 0n),
      () => writer.readViaStream(0n),
    ].map(payloadOf);
    expect(new Set(failures)).toEqual(new Set(['bad-descriptor']));
    expect(statSync(join(host, 'file')).size).toBe(10);
  });

  it('is not a directory, and a directory is not a file', () => {
    const { host } = folderWith(10);
    const { data } = filesOfWasi2(host);
    const file = open(data, 'file');
    expect([file.getType(), data.getType()]).toEqual(['regular-file', 'directory']);
    const onFile = [
      () => file.readDirectory(),
      () => file.createDirectoryAt('x'),
      () => file.statAt({}, 'x'),
      () => file.openAt({}, 'x', {}, {}),
      () => data.renameAt('file', file, 'x'),
    ].map(payloadOf);
    expect(new Set(onFile)).toEqual(new Set(['not-directory']));
    const onDirectory = [
      () => data.read(1n, 0n),
      () => data.write(Uint8Array.of(1), 0n),
      () => data.readViaStream(0n),
      () => data.setSize(0n),
      () => data.advise(0n, 1n, 'normal'),
    ].map(payloadOf);
    expect(new Set(onDirectory)).toEqual(new Set(['bad-descriptor']));
  });

  it('takes advice, and is synchronised', () => {
    const { host } = folderWith(10);
    const { data } = filesOfWasi2(host);
    const file = open(data, 'file', { write: true });
    file.advise(0n, 2n ** 64n - 1n, 'random');
    file.syncData();
    file.sync();
    open(data, 'file').sync();
    data.sync();
  });

  it('refuses the flags for synchronised writing, which it could not keep', () => {
    const { data } = filesOfWasi2(folderWith(1).host);
    for (const flag of ['fileIntegritySync', 'dataIntegritySync', 'requestedWriteSync'])
      expect(payloadOf(() => data.openAt({}, 'file', {}, { read: true, [flag]: true }))).toBe('unsupported');
  });
});

describe('streams of a file', () => {
  it('read from a position to the end, independently of each other', () => {
    const { host, bytes } = folderWith(10_000);
    const file = open(filesOfWasi2(host).data, 'file');
    const [first, second] = [file.readViaStream(0n), file.readViaStream(5000n)];
    expect(first.read(10n)).toEqual(bytes.slice(0, 10));
    expect(readToEnd(second)).toEqual(bytes.slice(5000));
    expect(readToEnd(first)).toEqual(bytes.slice(10));
    expect(payloadOf(() => first.read(1n))).toEqual({ tag: 'closed' });
    expect(payloadOf(() => file.readViaStream(20_000n).read(1n))).toEqual({ tag: 'closed' });
    expect(payloadOf(() => file.readViaStream(2n ** 63n))).toBe('invalid');
  });

  it('are always ready', () => {
    const { host } = folderWith(10);
    const file = open(filesOfWasi2(host).data, 'file', { write: true });
    expect(file.readViaStream(0n).subscribe().ready()).toBe(true);
    expect(file.writeViaStream(0n).subscribe().ready()).toBe(true);
  });

  it('skip bytes and return how many', () => {
    const { host, bytes } = folderWith(10_000);
    const stream = open(filesOfWasi2(host).data, 'file').readViaStream(0n);
    expect(stream.blockingSkip(100n)).toBe(100n);
    expect(stream.skip(50n)).toBe(50n);
    expect(stream.read(3n)).toEqual(bytes.slice(150, 153));
  });

  it('write from a position on, independently of each other', () => {
    const host = newFolder();
    const file = openNew(filesOfWasi2(host).data, 'file');
    const [first, second] = [file.writeViaStream(0n), file.writeViaStream(4n)];
    for (const text of ['ab', 'cd']) first.blockingWriteAndFlush(utf8.encode(text));
    second.blockingWriteAndFlush(utf8.encode('ef'));
    expect(readFileSync(join(host, 'file'), 'utf8')).toBe('abcdef');
    second.blockingWriteZeroesAndFlush(2n);
    expect(readFileSync(join(host, 'file'), 'latin1')).toBe('abcdef\0\0');
  });

  it('append at the end that the file has at each write', () => {
    const host = newFolder();
    const file = openNew(filesOfWasi2(host).data, 'file');
    const [first, second] = [file.appendViaStream(), file.appendViaStream()];
    for (const text of ['one', 'two']) {
      first.blockingWriteAndFlush(utf8.encode(`${text} `));
      second.blockingWriteAndFlush(utf8.encode(text.toUpperCase()));
    }
    writeFileSync(join(host, 'file'), '!', { flag: 'a' });
    first.blockingWriteAndFlush(utf8.encode('.'));
    expect(readFileSync(join(host, 'file'), 'utf8')).toBe('one ONEtwo TWO!.');
  });

  it('trap when more is written at once than the specification allows', () => {
    const host = newFolder();
    const stream = openNew(filesOfWasi2(host).data, 'file').writeViaStream(0n);
    stream.blockingWriteAndFlush(new Uint8Array(4096));
    expect(() => stream.blockingWriteAndFlush(new Uint8Array(4097))).toThrow(Trap);
    expect(() => stream.blockingWriteAndFlush(new Uint8Array(8192))).toThrow(Trap);
    expect(statSync(join(host, 'file')).size).toBe(4096);
  });

  it('splice one file into another', () => {
    const { host, bytes } = folderWith(200_000);
    const { data } = filesOfWasi2(host);
    const source = open(data, 'file').readViaStream(0n);
    const sink = openNew(data, 'copy').writeViaStream(0n);
    let moved = 0n;
    while (moved < 200_000n) moved += sink.blockingSplice(source, 60_000n);
    expect(new Uint8Array(readFileSync(join(host, 'copy')))).toEqual(bytes);
  });

  it('go on when the program drops the descriptor, and close the file at last', () => {
    const { host, bytes } = folderWith(1000);
    const { data } = filesOfWasi2(host, { limits: { descriptors: 3 } });
    for (let round = 0; round < 20; round++) {
      const file = open(data, 'file');
      const stream = file.readViaStream(0n);
      file[Symbol.dispose]();
      expect(readToEnd(stream)).toEqual(bytes);
      stream[Symbol.dispose]();
    }
  });

  it('fail with the code of the file system', () => {
    const { imports, data } = filesOfWasi2(newFolder());
    const { filesystemErrorCode } = imports['wasi:filesystem/types@0.2.12'];
    const stream = openNew(data, 'file').writeViaStream(2n ** 62n);
    const failure = payloadOf(() => stream.blockingWriteAndFlush(utf8.encode('x'))) as { val: never };
    expect(failure).toMatchObject({ tag: 'last-operation-failed' });
    expect(filesystemErrorCode(failure.val)).toBe('file-too-large');
    expect(payloadOf(() => stream.checkWrite())).toEqual({ tag: 'closed' });
  });
});

describe('what is known of a file', () => {
  it('is its type, its size, its links and its times', () => {
    const { host } = folderWith(123);
    const { data } = filesOfWasi2(host);
    const { mtimeNs } = statSync(join(host, 'file'), { bigint: true });
    const stat = open(data, 'file').stat();
    expect(stat).toMatchObject({ type: 'regular-file', size: 123n, linkCount: 1n });
    const { seconds, nanoseconds } = stat.dataModificationTimestamp!;
    expect(seconds * 1_000_000_000n + BigInt(nanoseconds)).toBe(mtimeNs);
    expect(data.statAt({}, 'file')).toEqual(stat);
    expect(data.stat().type).toBe('directory');
  });

  it('of a link is that of the link, unless it is followed', () => {
    const { host } = folderWith(123);
    symlinkSync('file', join(host, 'link'));
    const { data } = filesOfWasi2(host);
    expect(data.statAt({}, 'link')).toMatchObject({ type: 'symbolic-link', size: 4n });
    expect(data.statAt({ symlinkFollow: true }, 'link')).toMatchObject({ type: 'regular-file', size: 123n });
    expect(data.readlinkAt('link')).toBe('file');
  });

  it('changes with `set-times`: `now` is the present, and the other times are kept', () => {
    const { host } = folderWith(1);
    const { data } = filesOfWasi2(host);
    // Node passes times on as numbers of seconds, which are exact for quarters.
    const then = { seconds: 1_000_000_000n, nanoseconds: 250_000_000 };
    const before = BigInt(Math.floor(Date.now() / 1000)) - 1n;
    data.setTimesAt({}, 'file', { tag: 'timestamp', val: then }, { tag: 'now' });
    const stat = data.statAt({}, 'file');
    expect(stat.dataAccessTimestamp).toEqual(then);
    expect(stat.dataModificationTimestamp?.seconds).toBeGreaterThanOrEqual(before);
    const file = open(data, 'file', { write: true });
    file.setTimes({ tag: 'no-change' }, { tag: 'timestamp', val: then });
    expect(file.stat()).toMatchObject({ dataAccessTimestamp: then, dataModificationTimestamp: then });
  });

  it('refuses times that are none, or that no file system keeps', () => {
    const { data } = filesOfWasi2(folderWith(1).host);
    const set = (seconds: bigint, nanoseconds: number) =>
      payloadOf(() =>
        data.setTimesAt(
          {},
          'file',
          { tag: 'no-change' },
          { tag: 'timestamp', val: { seconds, nanoseconds } },
        ),
      );
    expect([set(0n, 1_000_000_000), set(2n ** 64n - 1n, 0)]).toEqual(['invalid', 'overflow']);
  });

  it('has a hash that is the same by descriptor and by path, and changes with the file', () => {
    const { host } = folderWith(10);
    const { data } = filesOfWasi2(host);
    const file = open(data, 'file', { write: true });
    const hash = file.metadataHash();
    expect(data.metadataHashAt({}, 'file')).toEqual(hash);
    // Another instance has another secret.
    expect(filesOfWasi2(host).data.metadataHashAt({}, 'file')).not.toEqual(hash);
    expect(data.metadataHash()).not.toEqual(hash);
    const { ino, mtimeNs } = statSync(join(host, 'file'), { bigint: true });
    expect([hash.lower, hash.upper]).not.toContain(ino);
    expect([hash.lower, hash.upper]).not.toContain(mtimeNs);
    file.setSize(11n);
    expect(file.metadataHash()).not.toEqual(hash);
  });

  it('says which descriptors are the same object', () => {
    const { host } = folderWith(10);
    mkdirSync(join(host, 'inner'));
    const { data } = filesOfWasi2(host);
    const [one, two, other] = [open(data, 'file'), open(data, './file'), open(data, 'inner')];
    expect(one.isSameObject(two)).toBe(true);
    expect(one.isSameObject(one)).toBe(true);
    expect(one.isSameObject(other)).toBe(false);
    expect(open(data, 'inner/..', { directory: true }).isSameObject(data)).toBe(true);
  });
});
