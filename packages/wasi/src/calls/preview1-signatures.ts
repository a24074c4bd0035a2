/**
 * How the arguments of a function are passed. A text, a buffer and a list are two numbers: a pointer and a length.
 * What starts with `>` is a pointer to a result.
 */
export type Preview1Parameter =
  | 'fd'
  | 'u32'
  | 'u64'
  | 's64'
  | 'rights'
  | 'pointer'
  | 'text'
  | 'buffer'
  | 'iovs'
  | 'subscriptions'
  | 'clock'
  | 'whence'
  | 'advice'
  | 'lookupflags'
  | 'oflags'
  | 'fdflags'
  | 'fstflags'
  | 'sdflags'
  | '>fd'
  | '>size'
  | '>u64'
  | '>skip';

type Signature = readonly (readonly [name: string, parameter: Preview1Parameter])[];

const PATH = ['path', 'text'] as const;
const FD = ['fd', 'fd'] as const;
const SKIP = ['', '>skip'] as const;

/** The functions of preview 1 with the names of their parameters (`wasi_snapshot_preview1.witx`). */
export const SIGNATURES: ReadonlyMap<string, Signature> = new Map<string, Signature>([
  ['args_get', [SKIP, SKIP]],
  [
    'args_sizes_get',
    [
      ['count', '>size'],
      ['bytes', '>size'],
    ],
  ],
  ['environ_get', [SKIP, SKIP]],
  [
    'environ_sizes_get',
    [
      ['count', '>size'],
      ['bytes', '>size'],
    ],
  ],
  [
    'clock_res_get',
    [
      ['id', 'clock'],
      ['', '>u64'],
    ],
  ],
  [
    'clock_time_get',
    [
      ['id', 'clock'],
      ['precision', 'u64'],
      ['', '>u64'],
    ],
  ],
  ['random_get', [['buf', 'buffer']]],
  ['fd_advise', [FD, ['offset', 'u64'], ['len', 'u64'], ['advice', 'advice']]],
  ['fd_allocate', [FD, ['offset', 'u64'], ['len', 'u64']]],
  ['fd_close', [FD]],
  ['fd_datasync', [FD]],
  ['fd_fdstat_get', [FD, SKIP]],
  ['fd_fdstat_set_flags', [FD, ['flags', 'fdflags']]],
  ['fd_fdstat_set_rights', [FD, ['fs_rights_base', 'rights'], ['fs_rights_inheriting', 'rights']]],
  ['fd_filestat_get', [FD, SKIP]],
  ['fd_filestat_set_size', [FD, ['size', 'u64']]],
  ['fd_filestat_set_times', [FD, ['atim', 'u64'], ['mtim', 'u64'], ['fst_flags', 'fstflags']]],
  ['fd_pread', [FD, ['iovs', 'iovs'], ['offset', 'u64'], ['', '>size']]],
  ['fd_prestat_get', [FD, SKIP]],
  ['fd_prestat_dir_name', [FD, ['path', 'buffer']]],
  ['fd_pwrite', [FD, ['iovs', 'iovs'], ['offset', 'u64'], ['', '>size']]],
  ['fd_read', [FD, ['iovs', 'iovs'], ['', '>size']]],
  ['fd_readdir', [FD, ['buf', 'buffer'], ['cookie', 'u64'], ['', '>size']]],
  ['fd_renumber', [FD, ['to', 'fd']]],
  ['fd_seek', [FD, ['offset', 's64'], ['whence', 'whence'], ['', '>u64']]],
  ['fd_sync', [FD]],
  ['fd_tell', [FD, ['', '>u64']]],
  ['fd_write', [FD, ['iovs', 'iovs'], ['', '>size']]],
  ['path_create_directory', [FD, PATH]],
  ['path_filestat_get', [FD, ['flags', 'lookupflags'], PATH, SKIP]],
  [
    'path_filestat_set_times',
    [FD, ['flags', 'lookupflags'], PATH, ['atim', 'u64'], ['mtim', 'u64'], ['fst_flags', 'fstflags']],
  ],
  [
    'path_link',
    [
      ['old_fd', 'fd'],
      ['old_flags', 'lookupflags'],
      ['old_path', 'text'],
      ['new_fd', 'fd'],
      ['new_path', 'text'],
    ],
  ],
  [
    'path_open',
    [
      FD,
      ['dirflags', 'lookupflags'],
      PATH,
      ['oflags', 'oflags'],
      ['fs_rights_base', 'rights'],
      ['fs_rights_inheriting', 'rights'],
      ['fdflags', 'fdflags'],
      ['', '>fd'],
    ],
  ],
  ['path_readlink', [FD, PATH, ['buf', 'buffer'], ['', '>size']]],
  ['path_remove_directory', [FD, PATH]],
  ['path_rename', [FD, ['old_path', 'text'], ['new_fd', 'fd'], ['new_path', 'text']]],
  ['path_symlink', [['old_path', 'text'], FD, ['new_path', 'text']]],
  ['path_unlink_file', [FD, PATH]],
  [
    'poll_oneoff',
    [
      ['in', 'subscriptions'],
      ['', '>size'],
    ],
  ],
  ['proc_exit', [['rval', 'u32']]],
  ['proc_raise', [['sig', 'u32']]],
  ['sched_yield', []],
  ['sock_accept', [FD, ['flags', 'fdflags'], ['', '>fd']]],
  ['sock_recv', [FD, ['ri_data', 'iovs'], ['ri_flags', 'u32'], ['', '>size'], SKIP]],
  ['sock_send', [FD, ['si_data', 'iovs'], ['si_flags', 'u32'], ['', '>size']]],
  ['sock_shutdown', [FD, ['how', 'sdflags']]],
]);

/** The names of flags by their bits, and of cases by their numbers. */
export const PREVIEW1_FLAGS: Readonly<Record<string, readonly string[]>> = {
  lookupflags: ['symlink_follow'],
  oflags: ['creat', 'directory', 'excl', 'trunc'],
  fdflags: ['append', 'dsync', 'nonblock', 'rsync', 'sync'],
  fstflags: ['atim', 'atim_now', 'mtim', 'mtim_now'],
  sdflags: ['rd', 'wr'],
};

export const PREVIEW1_CASES: Readonly<Record<string, readonly string[]>> = {
  clock: ['realtime', 'monotonic', 'process_cputime_id', 'thread_cputime_id'],
  whence: ['set', 'cur', 'end'],
  advice: ['normal', 'sequential', 'random', 'willneed', 'dontneed', 'noreuse'],
};
