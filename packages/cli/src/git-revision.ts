import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { CommandContext } from './command-context.ts';
import { inputFailure, usageFailure } from './failure.ts';
import { pathInside } from './write-files.ts';

/** `HEAD~1:wit`: a path in a revision of the git repository that contains the current directory. */
interface GitPath {
  readonly revision: string;
  /** From the repository's root, or from the current directory if it starts with `./` or `../`, as git has it. */
  readonly path: string;
}

/**
 * Splits `HEAD~1:wit`. A file of that name goes first, and so does a drive of Windows.
 *
 * @throws Failure if git would take the revision for an option
 */
export function gitPathOf({ io }: CommandContext, given: string): GitPath | undefined {
  const colon = given.indexOf(':');
  if (colon < 1 || /^[A-Za-z]:[\\/]/u.test(given) || existsSync(path.resolve(io.cwd, given)))
    return undefined;
  const revision = given.slice(0, colon);
  if (revision.startsWith('-') || /[\0\n\r]/u.test(given))
    throw usageFailure(`\`${revision}\` is not a revision of git`, 'a revision cannot start with `-`');
  return { revision, path: given.slice(colon + 1) };
}

/** What of a revision is read: more would not be WIT. */
const READ = /\.(?:wit|wasm|wat)$/u;
const MAX_FILES = 10_000;
const MAX_BYTES = 1 << 28;

/** A temporary copy of a part of a revision. */
interface GitCopy {
  readonly path: string;
  /** Replaces paths of the copy in a text by paths of the revision, such as `HEAD~1:wit/a.wit`. */
  readonly rename: (text: string) => string;
}

/**
 * Calls `use` with a temporary copy of what a revision has at a path: a file with the WIT beside it, or a directory.
 * What lies in a `deps/` directory is copied with all of that. The copy is removed afterwards. Links and submodules are
 * not followed.
 *
 * @throws Failure if git, the repository, the revision or the path does not exist
 */
export async function withGitRevision<T>(
  context: CommandContext,
  given: string,
  at: GitPath,
  use: (copy: GitCopy) => Promise<T>,
): Promise<T> {
  const git = new Git(context.io.cwd, given);
  const commit = await git.commit(at.revision);
  const wanted = await git.pathFromRoot(at.path);
  const kind = await git.kindOf(commit, wanted, at);
  const own = kind === 'tree' ? wanted : path.posix.dirname(wanted).replace(/^\.$/u, '');
  const folder = path.posix.basename(path.posix.dirname(own)) === 'deps' ? path.posix.dirname(own) : own;
  const files = await git.files(commit, folder);
  const root = await mkdtemp(path.join(tmpdir(), 'wit-ts-git-'));
  try {
    // The copy has the paths of the repository, so that messages can name them.
    await git.copy(files, path.join(root, folder));
    const rename = (text: string): string =>
      text.replaceAll(`${root}${path.sep}`, `${at.revision}:`).replaceAll(root, `${at.revision}:`);
    return await use({ path: path.join(root, wanted), rename });
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

interface GitFile {
  readonly object: string;
  /** Relative to the folder that is copied. */
  readonly path: string;
}

/** Runs the user's git. Arguments are passed as an array, so no shell reads them. */
class Git {
  readonly #cwd: string;
  readonly #given: string;

  constructor(cwd: string, given: string) {
    this.#cwd = cwd;
    this.#given = given;
  }

  async commit(revision: string): Promise<string> {
    await this.#inRepository();
    const { code, stdout } = await this.#run([
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${revision}^{tree}`,
    ]);
    if (code === 0) return stdout.toString('utf8').trim();
    throw this.#failure(
      `\`${revision}\` is not a revision of the repository`,
      'run `git log --oneline` to see the revisions',
    );
  }

  async #inRepository(): Promise<void> {
    const { code, stderr } = await this.#run(['rev-parse', '--git-dir']);
    if (code === 0) return;
    const isOutside = stderr.includes('not a git repository');
    throw this.#failure(
      isOutside ? 'the current directory is not in a git repository' : firstLine(stderr),
      isOutside
        ? 'a path with a colon is a revision and a path in it, such as `HEAD~1:wit`; run the command in a repository'
        : undefined,
    );
  }

  /** The path from the repository's root, without `.` and `..`; empty for the root itself. */
  async pathFromRoot(given: string): Promise<string> {
    let prefix = '';
    if (/^\.\.?(?:\/|$)/u.test(given)) {
      const { stdout } = await this.#run(['rev-parse', '--show-prefix']);
      prefix = stdout.toString('utf8').replace(/\n$/u, '');
    }
    const joined = path.posix.normalize(`./${prefix}${given}`).replace(/^\.\/|\/$/gu, '');
    if (joined === '..' || joined.startsWith('../'))
      throw this.#failure('the path leads out of the repository');
    return joined === '.' ? '' : joined;
  }

  async kindOf(tree: string, file: string, { revision, path: given }: GitPath): Promise<'tree' | 'blob'> {
    if (file === '') return 'tree';
    const { code, stdout } = await this.#run(['cat-file', '-t', `${tree}:${file}`]);
    const kind = stdout.toString('utf8').trim();
    if (code === 0 && (kind === 'tree' || kind === 'blob')) return kind;
    const isHere = !given.startsWith('.') && existsSync(path.resolve(this.#cwd, given));
    throw this.#failure(
      `\`${revision}\` has no \`${file}\``,
      isHere
        ? `paths start at the root of the repository: from here it may be \`${revision}:./${given}\``
        : undefined,
    );
  }

  /** The WIT and wasm in a folder of a tree. */
  async files(tree: string, folder: string): Promise<GitFile[]> {
    const { stdout } = await this.#run([
      'ls-tree',
      '-r',
      '-z',
      '--full-tree',
      folder === '' ? tree : `${tree}:${folder}`,
    ]);
    const files: GitFile[] = [];
    for (const entry of stdout.toString('utf8').split('\0')) {
      const [, mode = '', object = '', name = ''] = /^(\d+) blob ([0-9a-f]+)\t(.*)$/su.exec(entry) ?? [];
      // 120000 is a link, which could lead anywhere.
      if ((mode === '100644' || mode === '100755') && READ.test(name)) files.push({ object, path: name });
    }
    if (files.length > MAX_FILES) throw this.#failure(`it has more than ${MAX_FILES} files of WIT and wasm`);
    return files;
  }

  /** Writes files below a folder. Names in a repository may be hostile, so none may lead out of it. */
  async copy(files: readonly GitFile[], root: string): Promise<void> {
    const { stdout } = await this.#run(
      ['cat-file', '--batch'],
      files.map(({ object }) => `${object}\n`).join(''),
    );
    let offset = 0;
    for (const file of files) {
      const end = stdout.indexOf(0x0a, offset);
      const size = Number(/ blob (\d+)$/u.exec(stdout.toString('latin1', offset, end))?.[1]);
      if (!Number.isSafeInteger(size)) throw this.#failure(`git cannot read \`${file.path}\``);
      const target = pathInside(root, file.path);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, stdout.subarray(end + 1, end + 1 + size), { flag: 'wx' });
      offset = end + 1 + size + 1;
    }
  }

  #run(args: readonly string[], stdin = ''): Promise<{ code: number; stdout: Buffer; stderr: string }> {
    return new Promise((resolve, reject) => {
      const env = { ...process.env, GIT_TERMINAL_PROMPT: '0', GIT_OPTIONAL_LOCKS: '0', LC_ALL: 'C' };
      const child = spawn('git', args, { cwd: this.#cwd, env, shell: false, windowsHide: true });
      const out: Buffer[] = [];
      let size = 0;
      let stderr = '';
      child.stdout.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MAX_BYTES) child.kill();
        else out.push(chunk);
      });
      child.stderr.on('data', (chunk: Buffer) => {
        if (stderr.length < 10_000) stderr += chunk.toString('utf8');
      });
      child.on('error', (error: NodeJS.ErrnoException) => {
        const why = error.code === 'ENOENT' ? 'the program `git` was not found' : error.message;
        reject(this.#failure(why, 'install git, or write the old version into a directory'));
      });
      child.on('close', (code) => {
        if (size > MAX_BYTES)
          reject(this.#failure(`it has more than ${MAX_BYTES >> 20} MiB of WIT and wasm`));
        else resolve({ code: code ?? 1, stdout: Buffer.concat(out), stderr });
      });
      // A git that ends early closes its input, which is reported by its exit code.
      child.stdin.on('error', () => undefined);
      child.stdin.end(stdin);
    });
  }

  #failure(why: string, help?: string): Error {
    return inputFailure(`cannot read \`${this.#given}\`: ${why}`, help);
  }
}

function firstLine(text: string): string {
  return text
    .trim()
    .split('\n', 1)[0]!
    .replace(/^fatal: /u, '');
}
